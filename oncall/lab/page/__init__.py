"""The lab's page: handsets side by side, a clock to move on, a way in for a newcomer. It all works as plain forms."""
