"""An independent oracle: the Linux kernel forwards or drops real packets, and the verdict must say the same."""
