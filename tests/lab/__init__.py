"""A lab of network namespaces: real TCP sessions through a router, and whether the verdict says what they do."""
