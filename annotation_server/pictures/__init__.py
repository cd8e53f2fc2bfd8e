"""Pictures: decoded in bounded processes, made small, kept, handed out with their faces blurred."""
