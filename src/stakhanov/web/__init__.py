"""What a browser shows: pages, jobs and the JSON interface of `stakhanov serve`."""
