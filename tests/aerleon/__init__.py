"""An independent oracle: aerleon writes random policies in the syntax of every platform that it knows, and what
the auditor reads out of its text must equal a first-match reading of the policy."""
