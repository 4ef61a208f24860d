"""What the results screen shows, derived by pure functions from frozen inputs. No Qt, no services."""
