"""Pages for people. They come with sign-in; until then a link in a page says what to do by phone."""
