"""Rendered scenes: small drawings whose truth is known, with alt-texts that are partly right and partly wrong.

They stand in for photographs where a model must be seen to learn without any download: the alt-text carries a proper
name nobody could see, shades that the picture supports, shades that it contradicts, and noise. Needs Pillow only.
"""

from captioner.scenes.dataset import write_scenes
from captioner.scenes.drawing import draw_scene
from captioner.scenes.scene import Scene, random_scene

__all__ = ["Scene", "draw_scene", "random_scene", "write_scenes"]
