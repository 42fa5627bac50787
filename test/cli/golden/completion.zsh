#compdef audit-extract
# zsh completion of audit-extract: source it, or put it, as _audit-extract, into a folder of $fpath
_audit_extract() {
  local -a firsts seconds
  firsts=(
    'run:extract audit nodes from sessions.db into org.db (this is the default command)'
    'link:make the edges of events that are in the graph\: to trail, session, tool, agents, tasks and user'
    'log:log what a user, or the system itself, has done, in the trail'
    'query:find nodes\: those that all flags agree on'
    'show:show a node\: its properties, its edges, its history'
    'explain:say how an id is made, and which rows of the source stand behind it'
    'stats:count errors by tool, type and day, and show sessions and tasks with trouble'
    'activity:show what a user did'
    'trail:show what hangs on the trail\: events by kind and day, and users'
    'neighbors:show what is around a node of the graph, as a tree, rows or a picture'
    'serve:serve the graph over HTTP\: a page to look at, and an API'
    'delete:mark nodes as deleted, or remove edges'
    'undelete:bring deleted nodes, or edges, back'
    'history:show who changed which node or edge, when, and what it said before and after'
    'export:write the graph to a file, or to stdout, for import or for other programs'
    'import:put nodes, edges and records of an exported file into the graph'
    'status:show the last runs, the checkpoints, and how far behind the source they are'
    'doctor:look after the settings, both files and the runs, and say what to do'
    'verify:compare the graph with the source, and check the chain of seals'
    'seal:print the last seal in one line'
    'diagram:draw the tables of the graph\: columns, keys, row counts'
    'backup:copy the graph, with all else that is in its file, while others use it'
    'restore:put a backup in the place of what the graph and its file hold now'
    'schedule:print units for systemd, a line for cron or a plist for launchd'
    'completion:print what makes a shell complete commands, flags and their values'
    'help:print help of a command'
  )
  local command=${words[(r)(run|link|log|query|show|explain|stats|activity|trail|neighbors|serve|delete|undelete|history|export|import|status|doctor|verify|seal|diagram|backup|restore|schedule|completion)]} second=
  case $command in
    trail) second=${words[(r)(migrate)]} ;;
    history) second=${words[(r)(prune)]} ;;
    seal) second=${words[(r)(show)]} ;;
  esac
  # A line without a command is a run.
  case "${command:-run}${second:+ $second}" in
  'run')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson]:format:(table json ndjson)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*-n[show what a run would change, and write nothing]' \
      '*--dry-run[show what a run would change, and write nothing]' \
      '*--plan[do what a dry run showed, or nothing when that no longer holds]:id: ' \
      '*--full[derive everything anew, and write what differs]' \
      '*--retire[remove nodes whose ids other rules for secrets have replaced; with --full, delete those whose rows are gone]' \
      '*--accept-source[take the source as it is, even where it lost rows or is another one]' \
      '*--only[run these extractors only, separated by commas]:names: ' \
      '*--skip[leave these extractors out]:names: ' \
      '*--batch-size[nodes in one transaction, at the most (default\: 5000)]:n: ' \
      '*--error-status[the statuses that mean failure (default\: error)]:list: ' \
      '*--extractor[add an extractor of your own\: a file or a package]:module:_files' \
      '*--redact[replace secrets in texts, which is the default]' \
      '*--no-redact[leave secrets in texts as they are]' \
      '*--edges[make the edges of what is written\: to trail, session, tool, agents, tasks and user]' \
      '*--no-edges[make no edges, which is the default]' \
      '*--trail[the trail that events hang on (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--linker[add a linker of your own\: a file or a package]:module:_files' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*--wait[seconds to wait for another run (default\: 0), or for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'link')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*-n[show what would be made, and make nothing]' \
      '*--dry-run[show what would be made, and make nothing]' \
      '*--trail[the trail that events hang on (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--linker[add a linker of your own\: a file or a package]:module:_files' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*--error-status[the statuses that mean failure, as in the run (default\: error)]:list: ' \
      '*--extractor[an extractor of your own that was run]:module:_files' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'log')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--user[who did it (default\: the system itself)]:id: ' \
      '*--user-name[what the user is called]:name: ' \
      '*--category[what it belongs to (default\: USER_ACTION)]:name: ' \
      '*--details[what else is to be known\: JSON, @FILE, or - for standard input]:json: ' \
      '*--timestamp[when it was done (default\: now)]:date: ' \
      '*--key[what tells it from all others\: logged once more under it, nothing is written]:key: ' \
      '*--stdin[log the actions that standard input has, one JSON object a line]' \
      '*--trail[the trail that it hangs on (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--redact[replace secrets in texts, which is the default]' \
      '*--no-redact[leave secrets in texts as they are]' \
      '*--actor[who is said to have logged it (default\: the user of the system)]:name: ' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'query')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--type[nodes of this type (default\: audit_event)]:type: ' \
      '*--subtype[such as tool_error, session_boundary, task_completion, user_action]:subtype: ' \
      '*--session[events of a session]:id: ' \
      '*--tool[events of a tool]:name: ' \
      '*--agent[events of an agent]:name: ' \
      '*--task[events of a task]:id: ' \
      '*--error-type[tool errors of a type]:type: ' \
      '*--user[what a user did]:id: ' \
      '*--text[nodes with words that begin like each of these]:words: ' \
      '*--since[events of this time or later]:date: ' \
      '*--until[events of this time or earlier; a day alone means its end]:date: ' \
      '*--deleted[nodes that are marked as deleted, too]' \
      '*--sort[time (the newest first, which is the default), id or name; -time turns it round]:field:(time id name)' \
      '*--limit[how many nodes, 10000 at the most (default\: 50)]:n: ' \
      '*--offset[how many nodes to leave out first (default\: 0)]:n: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'show')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--edges[how many edges of each direction, 0 to 1000 (default\: 20)]:n: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'explain')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--redact[as in the run\: secrets were replaced, which is the default]' \
      '*--no-redact[as in the run\: secrets were left as they are]' \
      '*--error-status[the statuses that mean failure (default\: those of the run)]:list: ' \
      '*--extractor[an extractor of your own that was run]:module:_files' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'stats')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--redact[as in the run\: secrets were replaced, which is the default]' \
      '*--no-redact[as in the run\: secrets were left as they are]' \
      '*--by[one part in full\: tool, type, day, session, compaction, task (default\: the first rows of each)]:view:(tool type day session compaction task)' \
      '*--tool[errors of a tool]:name: ' \
      '*--error-type[errors of a type]:type: ' \
      '*--since[of this day or later, like 2026-03-01 or 7d]:date: ' \
      '*--until[of this day or earlier]:date: ' \
      '*--limit[how many rows of each part, 10000 at the most (default\: 10, and 50 with --by)]:n: ' \
      '*--rates[count all calls in the source, and how many of them failed]' \
      '*--error-status[the statuses that mean failure (default\: those of the run)]:list: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'activity')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--since[actions of this time or later]:date: ' \
      '*--until[actions of this time or earlier; a day alone means its end]:date: ' \
      '*--limit[how many actions, 10000 at the most (default\: 50)]:n: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'trail')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--trail[the trail (default\: the only one, or audit_trail\:main)]:id: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'trail migrate')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--trail[the trail, which has to be there (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--from[a type of nodes that events come from; may be repeated (default\: CDocs)]:type: ' \
      '*--actor[who is said to have done it (default\: the user of the system)]:name: ' \
      '*-n[show what would be done, and write nothing]' \
      '*--dry-run[show what would be done, and write nothing]' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'neighbors')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv, mermaid, dot, svg]:format:(table json ndjson csv mermaid dot svg)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--depth[how many edges away to look, 1 to 5 (default\: 1)]:n: ' \
      '*--limit[how many nodes to show in all, 1 to 1000 (default\: 50)]:n: ' \
      '*--out[write to a file, whole or not at all]:file:_files' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'serve')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*-p[the port to listen on, 0 for any that is free (default\: 7077)]:n: ' \
      '*--port[the port to listen on, 0 for any that is free (default\: 7077)]:n: ' \
      '*--host[the address to listen on (default\: 127.0.0.1)]:address: ' \
      '*--read-only[write nothing, whoever asks]' \
      '*--max-records[make no more nodes of a type, or edges of one, than these]:n: ' \
      '*--no-db[leave out /db\: health, log of changes, diagram, exports, backup and restore]' \
      '*--token-file[the file with the token that requests must bear]:path:_files' \
      '*--allow-host[other names that this host is called by, separated by commas]:names: ' \
      '*--allow-origin[pages of these origins may ask, too, like https\://audit.example.org]:origins: ' \
      '*--rate-limit[requests of one address in a second, at the most (default\: 5000)]:n: ' \
      '*--max-upload[the largest backup that may be sent to be restored (default\: 4294967296)]:bytes: ' \
      '*--json[print where it listens as JSON]' \
      '*--only[run these extractors only, separated by commas]:names: ' \
      '*--skip[leave these extractors out]:names: ' \
      '*--batch-size[nodes in one transaction, at the most (default\: 5000)]:n: ' \
      '*--error-status[the statuses that mean failure (default\: error)]:list: ' \
      '*--extractor[add an extractor of your own\: a file or a package]:module:_files' \
      '*--redact[replace secrets in texts, which is the default]' \
      '*--no-redact[leave secrets in texts as they are]' \
      '*--edges[make the edges of what is written\: to trail, session, tool, agents, tasks and user]' \
      '*--no-edges[make no edges, which is the default]' \
      '*--trail[the trail that events hang on (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--linker[add a linker of your own\: a file or a package]:module:_files' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*--wait[seconds to wait for another run (default\: 0), or for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'delete')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--actor[who is said to have done it (default\: the user of the system)]:name: ' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*-n[show what would be done, and write nothing]' \
      '*--dry-run[show what would be done, and write nothing]' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'undelete')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--actor[who is said to have done it (default\: the user of the system)]:name: ' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*-n[show what would be done, and write nothing]' \
      '*--dry-run[show what would be done, and write nothing]' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'history')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the answer\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*--no-color[no colours]' \
      '*--component[changes of nodes, or edges, of this type]:type: ' \
      '*--record[changes of this node, or edge]:id: ' \
      '*--operation[one of insert, update, delete, soft_delete, restore, prune]:name:(insert update delete soft_delete restore prune)' \
      '*--actor[changes that were made by this one]:name: ' \
      '*--since[changes of this time or later]:date: ' \
      '*--until[changes of this time or earlier; a day alone means its end]:date: ' \
      '*--limit[how many changes, 1000 at the most (default\: 100)]:n: ' \
      '*--offset[how many to leave out before them (default\: 0)]:n: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'history prune')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--before[changes that are older than this]:date: ' \
      '*--actor[who is said to have done it (default\: the user of the system)]:name: ' \
      '*-n[show how many would go, and write nothing]' \
      '*--dry-run[show how many would go, and write nothing]' \
      '*--wait[seconds to wait for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'export')
    _arguments -S \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*--format[how to write it\: csv, ndjson, graphml, jsonld, cypher, mermaid (default\: csv)]:format:(csv ndjson graphml jsonld cypher mermaid)' \
      '*--out[a file, a folder to put one in, or - for stdout (default\: -)]:path:_files' \
      '*--include-deleted[with nodes that are deleted, and the edges that lead to them]' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'import')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson]:format:(table json ndjson)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--actor[who is said to have done it (default\: the user of the system)]:name: ' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*-n[show what would be done, and write nothing]' \
      '*--dry-run[show what would be done, and write nothing]' \
      '*--skip-bad[leave rows out that cannot come in, and import the others]' \
      '*--wait[seconds to wait for a run that is on (default\: 0), or for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'status')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson]:format:(table json ndjson)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--runs[how many runs to show (default\: 5)]:n: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'doctor')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--deep[check every page and index of both files, however long that takes]' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'verify')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson]:format:(table json ndjson)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--redact[as in the run\: secrets were replaced, which is the default]' \
      '*--no-redact[as in the run\: secrets were left as they are]' \
      '*--sample[look at so many nodes, chosen at random]:n: ' \
      '*--seals[check the seals alone]' \
      '*--expect[a seal that was kept elsewhere, and must be in the chain]:head: ' \
      '*--error-status[the statuses that mean failure, as in the run (default\: error)]:list: ' \
      '*--extractor[an extractor of your own that was run]:module:_files' \
      '*--hook[hooks of your own that were called, as in the run]:module:_files' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'seal show')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson]:format:(table json ndjson)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'diagram')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to draw\: svg, mermaid (default\: svg)]:format:(svg mermaid)' \
      '*--out[write to a file, whole or not at all]:file:_files' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'backup')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*--force[replace a backup that is there]' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'restore')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--config[the config file to read]:path:_files' \
      '*--format[how to print the result\: table, json, ndjson, csv]:format:(table json ndjson csv)' \
      '*--json[the same as --format json]' \
      '*-q[print nothing when nothing changed, one line otherwise]' \
      '*--quiet[print nothing when nothing changed, one line otherwise]' \
      '*--no-color[no colours and no live line]' \
      '*--no-progress[no live line]' \
      '*-n[show what would go back, and write nothing]' \
      '*--dry-run[show what would go back, and write nothing]' \
      '*--yes[do it, though what is there now goes]' \
      '*--wait[seconds to wait for a run (default\: 0), or for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'schedule')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-s[the sessions.db to read]:path:_files' \
      '*--source[the sessions.db to read]:path:_files' \
      '*-t[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--target[the org.db that holds the graph, or a Neo4j server]:path:_files' \
      '*--origin[what the source is called among those of several machines in one graph]:name: ' \
      '*--config[the config file to read]:path:_files' \
      '*--systemd[print a service and a timer for systemd]' \
      '*--cron[print a line for crontab]' \
      '*--launchd[print a property list for launchd]' \
      '*--every[minutes from run to run (default\: 15)]:minutes: ' \
      '*--only[run these extractors only, separated by commas]:names: ' \
      '*--skip[leave these extractors out]:names: ' \
      '*--batch-size[nodes in one transaction, at the most (default\: 5000)]:n: ' \
      '*--error-status[the statuses that mean failure (default\: error)]:list: ' \
      '*--extractor[add an extractor of your own\: a file or a package]:module:_files' \
      '*--redact[replace secrets in texts, which is the default]' \
      '*--no-redact[leave secrets in texts as they are]' \
      '*--edges[make the edges of what is written\: to trail, session, tool, agents, tasks and user]' \
      '*--no-edges[make no edges, which is the default]' \
      '*--trail[the trail that events hang on (default\: the only one, or audit_trail\:main)]:id: ' \
      '*--linker[add a linker of your own\: a file or a package]:module:_files' \
      '*--hook[call hooks of your own when nodes are written\: a file or a package]:module:_files' \
      '*--wait[seconds to wait for another run (default\: 0), or for a locked file (5 at the least)]:seconds: ' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :_files'
    ;;
  'completion')
    _arguments -S \
      '*-v[print where an error came from]' \
      '*--verbose[print where an error came from]' \
      '*-V[print the version]' \
      '*--version[print the version]' \
      '*-h[print this help]' \
      '*--help[print this help]' \
      '*: :(bash zsh fish)'
    ;;
  esac
  if [[ -z $command && $words[CURRENT] != -* ]]; then
    _describe command firsts
  fi
  if [[ $command == trail && -z $second && $words[CURRENT] != -* ]]; then
    seconds=(
    'migrate:bring events that hang on other nodes, or on nothing, to the trail'
    )
    _describe command seconds
  fi
  if [[ $command == history && -z $second && $words[CURRENT] != -* ]]; then
    seconds=(
    'prune:drop old changes from the log'
    )
    _describe command seconds
  fi
  if [[ $command == seal && -z $second && $words[CURRENT] != -* ]]; then
    seconds=(
    'show:print the last seal in one line'
    )
    _describe command seconds
  fi
}
# Out of a folder of $fpath this file is the function itself.
if [[ $funcstack[1] == _audit-extract ]]; then
  _audit_extract "$@"
else
  compdef _audit_extract audit-extract
fi
