"""Rules, one per file: ``<group>/<code>.py``; collected by ``checker.registry``."""
