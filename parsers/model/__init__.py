"""The vendor-neutral device: what every platform's parser produces and every rule reads."""
