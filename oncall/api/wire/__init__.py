"""What goes over the wire: the shapes of bodies, cursors, and instants in queries."""
