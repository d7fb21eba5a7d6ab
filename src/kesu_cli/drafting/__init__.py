"""The drafting room: what an official document says, read into a draft of the plan."""
