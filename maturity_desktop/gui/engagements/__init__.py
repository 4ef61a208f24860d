"""Home, opening and creating workspaces, engagements with their assessments, and the guided set-up."""
