"""Ways to ask a device: each connector is one file behind one small protocol."""
