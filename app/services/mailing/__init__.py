"""Mail to contacts: templates, what is sent of them, and what people do with it."""
