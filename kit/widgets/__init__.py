"""What is shown in the browser: one anywidget class, one .js and one .css for each widget."""
