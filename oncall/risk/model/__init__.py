"""What a text may mean, weighed: linear weights over concepts, pairs of concepts, words and parts of words."""
