// A seller's day with `lazada-api`, unmodified: consent, token, categories, products, stock, price,
// orders, details, fulfilment, messages, refresh after expiry. What the library believes at the end is printed
// as one line of JSON; run.py compares it with the sandbox's truth.
//
//   node client.js CONTROL_URL LAZADA_URL APP_KEY APP_SECRET
//
// The library's hosts are members of its own exported constants; they are set before the first call.
'use strict'
const assert = require('assert')
const crypto = require('crypto')
const http = require('http')

const LazadaAPI = require('lazada-api')
const { GATEWAY } = require('lazada-api/lib/LazadaClient/constants')

const [control, base, appKey, appSecret] = process.argv.slice(2)
const host = base.replace('http://', '')
GATEWAY.AUTH = host
GATEWAY.VIETNAM = host

const api = new LazadaAPI(appKey, appSecret, 'VIETNAM')
const call = (name, payload, verb) =>
  api.client[name](api.appKey, api.appSecret, api.gateway, api.accessToken, payload, verb, 'HTTP')
const refusal = (promise) =>
  promise.then((answer) => assert.fail('accepted: ' + JSON.stringify(answer)), (problem) => problem)

async function drive(path, body) {
  const reply = await fetch(control + path, { method: 'POST', body: JSON.stringify(body) })
  assert(reply.ok, path + ' answered ' + reply.status)
  return reply.json()
}

// The browser's part: the consent page sends the seller to the app's callback with a code.
async function consent() {
  let arrived
  const code = new Promise((resolve) => { arrived = resolve })
  const callback = http.createServer((request, response) => {
    arrived(new URL(request.url, 'http://localhost').searchParams)
    response.end('ok')
  })
  await new Promise((resolve) => callback.listen(0, '127.0.0.1', resolve))
  const back = `http://127.0.0.1:${callback.address().port}/callback`
  const page = new URL(base.replace('/rest', '/oauth/authorize'))
  page.search = new URLSearchParams({ response_type: 'code', force_auth: 'true', state: 'a b',
                                      redirect_uri: back, client_id: appKey })
  await (await fetch(page)).text()
  const query = await code
  callback.close()
  assert.strictEqual(query.get('state'), 'a b')
  return query.get('code')
}

const xml = (inner) => ({ payload: `<Request><Product>${inner}</Product></Request>` })
const skus = (rows) => xml(`<Skus>${rows.map((row) => `<Sku>${row}</Sku>`).join('')}</Skus>`)

async function categories() {
  const tree = (await call('getCategoryTree', {})).data
  assert(tree.length > 0 && Number.isInteger(tree[0].category_id))
  const suggested = await call('getCategorySuggest', { product_name: 'Gạo thơm ST25 túi 5kg' })
  const category = suggested.data.categorySuggestions[0].categoryId
  const rows = await call('getCategoryAttributes', { primary_category_id: String(category) })
  assert(rows.data.some((row) => row.name === 'SellerSku' && row.attribute_type === 'sku'))
  const brands = await call('getBrands', { offset: '0', limit: '10' })
  return { category, brand: brands.data.find((row) => row.name === 'No Brand') }
}

async function create() {
  const { category, brand } = await categories()
  const image = (await call('migrateImage', { payload:
    '<Request><Image><Url>https://pictures.example.com/gao.jpg</Url></Image></Request>' })).data.image
  const sku = (name, weight, quantity, price) =>
    `<Sku><SellerSku>${name}</SellerSku><saleProp><net_weight>${weight}</net_weight></saleProp>` +
    `<quantity>${quantity}</quantity><price>${price}</price><package_weight>5.2</package_weight>` +
    '<package_length>38</package_length><package_width>24</package_width>' +
    '<package_height>9</package_height></Sku>'
  const made = await call('createProduct', xml(
    `<PrimaryCategory>${category}</PrimaryCategory><Images><Image>${image.url}</Image></Images>` +
    '<Attributes><name>Gạo thơm hạt dài</name><description><![CDATA[<p>Gạo & tấm</p>]]>' +
    `</description><brand>${brand.name}</brand></Attributes><Skus>` +
    sku('CONF-5', '5kg', 40, 195000) + sku('CONF-10', '10kg', 25, 380000) + '</Skus>'))
  const bad = await refusal(call('createProduct', xml('<PrimaryCategory>1</PrimaryCategory>')))
  assert.strictEqual(typeof bad.code, 'string')
  assert.strictEqual(typeof bad.request_id, 'string')
  await call('updateProduct', xml(`<ItemId>${made.data.item_id}</ItemId><Attributes>` +
    '<name>Gạo thơm hạt dài mùa mới</name></Attributes>'))
  return made.data
}

async function stockAndPrice(made) {
  const row = (seller, rest) => {
    const { sku_id: id } = made.sku_list.find((one) => one.seller_sku === seller)
    return `<ItemId>${made.item_id}</ItemId><SkuId>${id}</SkuId>${rest}`
  }
  await call('updatePriceQuantity', skus([row('CONF-5', '<Quantity>31</Quantity>'),
                                          row('CONF-10', '<Price>369000</Price>')]))
  const partly = await refusal(call('updatePriceQuantity', skus([
    row('CONF-5', '<Price>189000</Price>'),
    '<SellerSku>KHONG-CO</SellerSku><Quantity>1</Quantity>'])))
  assert.strictEqual(partly.code, '501')
  assert.deepStrictEqual(partly.detail.map((one) => one.seller_sku), ['KHONG-CO'])
}

async function listings() {
  const shown = []
  for (let offset = 0; ; offset += 2) {
    const page = (await call('getProducts', { filter: 'live', offset, limit: 2 })).data
    for (const product of page.products || []) {
      const one = (await call('getProductItem', { item_id: product.item_id })).data
      assert.strictEqual(one.item_id, product.item_id)
      for (const sku of one.skus) {
        assert(Number.isInteger(sku.SkuId) && typeof sku.quantity === 'number')
        shown.push({ sku: sku.SellerSku, price: sku.price, stock: sku.quantity,
                     name: one.attributes.name })
      }
    }
    if (offset + 2 >= page.total_products) return shown
  }
}

async function fulfil(order, items) {
  const ids = `[${items.map((item) => item.order_item_id).join(',')}]`
  const { shipment_providers: providers } = (await call('getShipmentProviders')).data
  const packed = await call('setStatusToPackedByMarketplace', {
    shipping_provider: providers[0].name, delivery_type: 'dropship', order_item_ids: ids })
  const { tracking_number: tracking } = packed.data.order_items[0]
  assert(tracking.length > 0)
  await call('setInvoiceNumber', { order_item_id: items[0].order_item_id, invoice_number: 'INV-1' })
  const label = (await call('getDocument', { doc_type: 'shippingLabel', order_item_ids: ids })).data
  assert(Buffer.from(label.document.file, 'base64').toString().includes(tracking))
  await call('setStatusToReadyToShip', { delivery_type: 'dropship', order_item_ids: ids,
    shipment_provider: providers[0].name, tracking_number: tracking })
  const after = (await call('getOrder', { order_id: order.order_id })).data
  assert.deepStrictEqual(after.statuses, ['ready_to_ship'])
}

async function orders() {
  const since = '2020-01-01T00:00:00+07:00'
  const bought = [[{ sku: 'CONF-5', quantity: 2 }, { sku: 'CONF-10', quantity: 1 }],
                  [{ sku: 'CONF-10', quantity: 3 }]]
  for (const lines of bought) await drive('/orders', { channel: 'lazada', lines })
  const page = (await call('getOrders', { created_after: since, limit: 100 })).data
  assert.strictEqual(page.orders.length, page.count)
  const ids = page.orders.map((order) => order.order_id)
  const many = (await call('getMultipleOrderItems', { order_ids: `[${ids.join(',')}]` })).data
  const seen = many.map((order) => ({ order_id: String(order.order_id), lines: fold(order) }))
  const [first, second] = page.orders
  const one = (await call('getOrderItems', { order_id: String(first.order_id) })).data
  await fulfil(first, one)
  const reasons = (await call('getFailureReasons')).data
  const other = (await call('getOrderItems', { order_id: String(second.order_id) })).data[0]
  const reason = reasons.find((row) => !/stock|price/i.test(row.reason_name))
  await call('setStatusToCanceled', { reason_id: Number(reason.reason_id), reason_detail: 'hết hàng',
                                      order_item_id: other.order_item_id })
  assert((await refusal(call('getOrder', { order_id: 1 }))).message.includes('E016'))
  return seen
}

// One row per unit: back into quantities.
function fold(order) {
  const lines = new Map()
  for (const item of order.order_items) {
    const line = lines.get(item.sku) || { sku: item.sku, quantity: 0, price: item.item_price }
    line.quantity += 1
    lines.set(item.sku, line)
  }
  return [...lines.values()]
}

// The app's callback: what arrives, with the signature checked over the raw bytes.
async function listen() {
  const heard = []
  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks)
      const wanted = crypto.createHmac('sha256', appSecret).update(appKey).update(raw).digest('hex')
      heard.push({ signed: request.headers.authorization === wanted, body: JSON.parse(raw) })
      response.end()
    })
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  await drive('/push', { channel: 'lazada', url: `http://127.0.0.1:${server.address().port}/hook` })
  return { heard, close: () => { server.close(); server.closeAllConnections() } }
}

// Every row of every order was told, its ids as text.
async function checkMessages(heard, seen) {
  await drive('/push/deliver', {})
  assert(heard.every((one) => one.signed), 'a message is not signed as documented')
  const rows = heard.filter((one) => one.body.message_type === 0).map((one) => one.body.data)
  for (const order of seen) {
    const units = order.lines.reduce((sum, line) => sum + line.quantity, 0)
    const told = rows.filter((row) => row.trade_order_id === order.order_id)
    assert.strictEqual(new Set(told.map((row) => row.trade_order_line_id)).size, units)
  }
}

async function main() {
  const code = await consent()
  const granted = await call('generateAccessToken', { code })
  assert.strictEqual((await refusal(call('generateAccessToken', { code }))).code, 'InvalidCode')
  api.accessToken = granted.access_token
  const app = await listen()
  await stockAndPrice(await create())
  const seenOrders = await orders()
  await checkMessages(app.heard, seenOrders)
  app.close()

  await drive('/clock/advance', { seconds: granted.expires_in + 60 })
  const expired = await refusal(call('getProducts', { filter: 'all' }))
  assert.strictEqual(expired.code, 'IllegalAccessToken')
  const renewed = await call('refreshAccessToken', { refresh_token: granted.refresh_token })
  assert(renewed.refresh_expires_in < granted.refresh_expires_in)
  api.accessToken = renewed.access_token
  const seenListings = await listings()
  await call('removeProduct', { seller_sku_list: '["CHE-SHAN-200"]' })
  console.log(JSON.stringify({ listings: seenListings, orders: seenOrders,
                               removed: ['CHE-SHAN-200'] }))
}

main().catch((problem) => {
  console.error(problem)
  process.exit(1)
})
