"""The sign-off screen: where an assessment stands in its review, who did what, and what an approval is worth now."""
