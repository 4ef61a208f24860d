"""Tests of the sign-off screen."""
