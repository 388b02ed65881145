"""The arithmetic of the field over readings: stated once as data, broken only when every plausible reading breaks."""
