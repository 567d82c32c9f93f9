"""AEStudio: photo restoration with autoencoders, on the photographer's own machine."""

__version__ = "0.1.0"
