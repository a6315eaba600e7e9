// bpmn-engine with its state in a database: recovered, resumed, signalled and saved again for each completion.
// `node bpmn_engine.mjs FOLDER ADDRESS w1|w2`; FOLDER has the packages. It speaks the lines of bench/client.py.
import { createRequire } from 'node:module'
import { EventEmitter } from 'node:events'
import { createInterface } from 'node:readline'
import { randomUUID } from 'node:crypto'

const [folder, address, workload] = process.argv.slice(2)
const require = createRequire(`${folder}/package.json`)
const { Engine } = require('bpmn-engine')
const TASKS = 10, STEPS = 20

const names = workload === 'w1'
  ? Array.from({ length: TASKS }, (_, i) => `task-${i + 1}`)
  : ['first', ...Array.from({ length: STEPS }, (_, i) => `step-${i + 1}`), 'last']
const node = (name) => name.startsWith('step')
  ? `<scriptTask id="${name}" scriptFormat="javascript"><script>environment.output.x = (environment.output.x || 0) + 1; next();</script></scriptTask>`
  : `<userTask id="${name}"/>`
const way = ['begin', ...names, 'end']
const flows = names.concat('end').map((to, i) => `<sequenceFlow id="to-${to}" sourceRef="${way[i]}" targetRef="${to}"/>`)
const source = `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="b"><process id="p" isExecutable="true">
<startEvent id="begin"/>${names.map(node).join('')}<endEvent id="end"/>${flows.join('')}</process></definitions>`

async function database() {
  const table = 'CREATE TABLE IF NOT EXISTS engine_case (id TEXT PRIMARY KEY, state TEXT NOT NULL)'
  if (!address.includes('://')) {
    const { DatabaseSync } = await import('node:sqlite')
    const db = new DatabaseSync(`${address}.bpmn-engine`, { timeout: 30000 })
    for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) db.exec(`PRAGMA ${pragma}`)
    db.exec(table)
    const run = async (text, ...values) => text.startsWith('SELECT') ? db.prepare(text).get(...values) : db.prepare(text).run(...values)
    return { run, begin: 'BEGIN IMMEDIATE', lock: '' }
  }
  const { Client } = require('pg')
  // postgresql://user:password@/database?host=/folder: no host before the path, which URL would refuse
  const url = new URL(address.replace('@/', '@local/'))
  const place = { host: url.searchParams.get('host') || url.hostname, port: url.port || undefined }
  const client = new Client({ ...place, user: decodeURIComponent(url.username), database: url.pathname.slice(1) })
  await client.connect()
  await client.query(table).catch((error) => { if (error.code !== '23505') throw error }) // eight at once
  const run = async (text, ...values) => {
    let last = 0
    return (await client.query(text.replace(/\?/g, () => `$${++last}`), values)).rows[0]
  }
  return { run, begin: 'BEGIN', lock: ' FOR UPDATE' }
}

const db = await database()
async function start() {
  const id = randomUUID(), engine = new Engine({ name: id, source })
  await engine.execute({ listener: new EventEmitter() })
  await engine.stop()
  await db.run(db.begin)
  await db.run('INSERT INTO engine_case VALUES (?, ?)', id, JSON.stringify(await engine.getState()))
  await db.run('COMMIT')
  return id
}
async function complete(id, task) {
  await db.run(db.begin)
  const { state } = await db.run(`SELECT state FROM engine_case WHERE id = ?${db.lock}`, id)
  const engine = new Engine({ name: id }).recover(JSON.parse(state))
  const execution = await engine.resume({ listener: new EventEmitter() })
  execution.signal({ id: task, answer: true })
  const saved = await execution.getState()
  await db.run('UPDATE engine_case SET state = ? WHERE id = ?', JSON.stringify(saved), id)
  await db.run('COMMIT')
  if (saved.state !== 'idle') await engine.stop()
}
let used = 0 // microseconds of the processor, of the completions since it was last told
async function play() {
  const id = await start(), seconds = []
  for (const task of names.filter((name) => !name.startsWith('step'))) {
    const before = process.cpuUsage(), begun = performance.now()
    await complete(id, task)
    seconds.push((performance.now() - begun) / 1000)
    const { user, system } = process.cpuUsage(before)
    used += user + system
  }
  return workload === 'w2' ? Array(STEPS).fill(seconds[0] / STEPS) : seconds
}

console.log(JSON.stringify({ ready: true }))
for await (const line of createInterface({ input: process.stdin })) {
  const begun = Date.now() / 1000, seconds = []
  used = 0
  for (let left = JSON.parse(line).cases; left > 0; left--) seconds.push(...await play())
  console.log(JSON.stringify({ seconds, begun, ended: Date.now() / 1000, cpu: used / 1e6 }))
}
process.exit(0)
