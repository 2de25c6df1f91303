"""What devices report about path choice: readers of outputs that several systems print alike."""
