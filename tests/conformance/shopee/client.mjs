// A seller's day with two client libraries of the npm registry, unmodified: consent, token, products,
// stock, price, orders, details, shipment, messages, refresh after expiry. What the libraries believe
// at the end is printed as one line of JSON; run.py compares it with the sandbox's truth.
//
//   node client.mjs CONTROL_URL SHOPEE_URL PARTNER_ID PARTNER_KEY SHOP_ID PUSH_KEY
import assert from 'node:assert/strict'
import crypto from 'node:crypto'
import http from 'node:http'

import ShopeeSDK from '@congminh1254/shopee-sdk'
import openApi from 'shopee-open-api'

const [control, host, partnerId, partnerKey, shopId, pushKey] = process.argv.slice(2)
const EXPIRED_S = 4 * 3600 + 600
const CALLBACK = 'http://127.0.0.1:9/back?nonce=5'

async function drive(path, body) {
  const reply = await fetch(control + path, { method: 'POST', body: JSON.stringify(body) })
  assert(reply.ok, `${path} answered ${reply.status}`)
  return reply.json()
}

async function nowS() {
  const health = await (await fetch(control + '/healthz')).json()
  return Math.floor(Date.parse(health.now) / 1000)
}

// The consent page sends the browser back at once.
async function consent(url) {
  const page = await fetch(url, { redirect: 'manual' })
  assert.equal(page.status, 302)
  return new URL(page.headers.get('location')).searchParams
}

// Keeps every message whose signature over "url|body" holds, and acknowledges as documented.
async function listen() {
  const heard = []
  const server = http.createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const url = `http://127.0.0.1:${server.address().port}/hooks/shopee`
      const expected = crypto.createHmac('sha256', pushKey).update(url + '|').update(body).digest('hex')
      if (request.headers.authorization === expected) heard.push(JSON.parse(body.toString('utf8')))
      response.writeHead(204).end()
    })
  })
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready))
  return { heard, url: `http://127.0.0.1:${server.address().port}/hooks/shopee`, server }
}

// A PNG of one pixel: signature, IHDR, IDAT, IEND.
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64')

async function addGrapefruit(sdk) {
  const categories = (await sdk.product.getCategory({ language: 'vi' })).response.category_list
  const fruit = categories.find((one) => one.display_category_name === 'Trái cây tươi' && !one.has_children)
  const channels = (await sdk.logistics.getChannelList()).response.logistics_channel_list
  const carrier = channels.find((one) => one.enabled && one.mask_channel_id === 0)
  const limit = (await sdk.product.getItemLimit({ category_id: fruit.category_id })).response
  const picture = (await sdk.mediaSpace.uploadImage({ image: PICTURE })).response.image_info
  const name = 'Bưởi da xanh ruột hồng'
  assert(name.length >= limit.item_name_length_limit.min_limit)
  const made = (await sdk.product.addItem({
    item_name: name, description: 'Bưởi da xanh hái tại vườn, vỏ mỏng, ruột hồng.', weight: 1.4,
    original_price: 55000, category_id: fruit.category_id, item_sku: 'BUOI',
    image: { image_id_list: [picture.image_id] },
    logistic_info: [{ logistic_id: carrier.logistics_channel_id, enabled: true }],
    seller_stock: [{ stock: 5 }] })).response
  await drive('/clock/advance', { seconds: 6 })  // variants need five seconds after add_item
  const variants = (await sdk.product.initTierVariation({
    item_id: made.item_id,
    standardise_tier_variation: [{ variation_id: 0, variation_name: 'Cỡ', variation_option_list:
      [{ variation_option_id: 0, variation_option_name: 'Vừa' }, { variation_option_id: 0, variation_option_name: 'Lớn' }] }],
    model: [
      { tier_index: [0], original_price: 45000, model_sku: 'BUOI-VUA', seller_stock: [{ stock: 30 }] },
      { tier_index: [1], original_price: 65000, model_sku: 'BUOI-LON', seller_stock: [{ stock: 20 }] }] })).response
  return { itemId: made.item_id, models: variants.model }
}

async function setLevels(sdk, grapefruit) {
  const [small, big] = grapefruit.models
  const stock = (await sdk.product.updateStock({ item_id: grapefruit.itemId, stock_list: [
    { model_id: small.model_id, seller_stock: [{ stock: 12 }] },
    { model_id: big.model_id, seller_stock: [{ stock: 8 }] }] })).response
  assert.equal(stock.success_list.length, 2)
  const price = (await sdk.product.updatePrice({ item_id: grapefruit.itemId, price_list: [
    { model_id: small.model_id, original_price: 47000 }] })).response
  assert.equal(price.success_list[0].original_price, 47000)
}

async function seenListings(sdk) {
  const page = (await sdk.product.getItemList(
    { offset: 0, page_size: 50, item_status: ['NORMAL', 'UNLIST'] })).response
  const ids = page.item.map((one) => one.item_id)
  const items = (await sdk.product.getItemBaseInfo({ item_id_list: ids })).response.item_list
  const rows = []
  for (const item of items) {
    const visible = item.item_status === 'NORMAL'
    if (!item.has_model) {
      rows.push({ sku: item.item_sku, name: item.item_name, visible,
        price: item.price_info[0].original_price, stock: item.stock_info_v2.seller_stock[0].stock })
      continue
    }
    for (const model of (await sdk.product.getModelList({ item_id: item.item_id })).response.model) {
      rows.push({ sku: model.model_sku, name: `${item.item_name} - ${model.model_name}`, visible,
        price: model.price_info[0].original_price, stock: model.stock_info_v2.seller_stock[0].stock })
    }
  }
  return rows
}

function seenOrder(order) {
  return { order_id: order.order_sn, status: order.order_status, lines: order.item_list.map((line) => ({
    sku: line.model_sku || line.item_sku, quantity: line.model_quantity_purchased,
    price: line.model_discounted_price })) }
}

async function window() {
  const now = await nowS()
  return { time_range_field: 'update_time', time_from: now - 86400, time_to: now + 60, page_size: 2 }
}

async function seenOrders(list, detail) {
  const sns = []
  let cursor = ''
  do {
    const page = (await list({ ...(await window()), cursor })).response
    sns.push(...page.order_list.map((one) => one.order_sn))
    cursor = page.next_cursor
  } while (cursor)
  const answer = await detail({ order_sn_list: sns.join(','), response_optional_fields: 'item_list,total_amount,recipient_address' })
  return answer.response.order_list
}

async function ship(sdk, sn) {
  const offer = (await sdk.logistics.getShippingParameter({ order_sn: sn })).response
  const address = offer.pickup.address_list[0]
  await sdk.logistics.shipOrder({ order_sn: sn, pickup: {
    address_id: address.address_id, pickup_time_id: address.time_slot_list[0].pickup_time_id } })
  assert.equal((await sdk.logistics.getTrackingNumber({ order_sn: sn })).response.tracking_number, '')
  await drive('/clock/advance', { seconds: 20 })
  const tracking = (await sdk.logistics.getTrackingNumber({ order_sn: sn })).response.tracking_number
  assert.match(tracking, /^SPXVN/)
  const order_list = [{ order_sn: sn, tracking_number: tracking, shipping_document_type: 'NORMAL_AIR_WAYBILL' }]
  await sdk.logistics.createShippingDocument({ order_list })
  await drive('/clock/advance', { seconds: 5 })
  const made = (await sdk.logistics.getShippingDocumentResult({ order_list: [{ order_sn: sn }] })).response
  assert.equal(made.result_list[0].status, 'READY')
  const pdf = await sdk.logistics.downloadShippingDocument({ order_list: [{ order_sn: sn }] })
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-')
}

async function dayWithSdk(postbox) {
  const sdk = new ShopeeSDK({ partner_id: Number(partnerId), partner_key: partnerKey,
    base_url: host + '/api/v2', base_auth_url: host + '/auth' })
  const back = await consent(sdk.getAuthorizationUrl(CALLBACK, { state: 'xyz' }))
  assert.equal(back.get('state'), 'xyz')
  const token = await sdk.authenticateWithCode(back.get('code'), Number(back.get('shop_id')))
  assert.equal((await sdk.shop.getShopInfo()).region, 'VN')
  await sdk.push.setAppPushConfig({ callback_url: postbox.url, set_push_config_on: [3, 4] })

  const grapefruit = await addGrapefruit(sdk)
  await setLevels(sdk, grapefruit)
  const kept = await drive('/orders', { channel: 'shopee', lines: [{ sku: 'BUOI-VUA', quantity: 3 }, { sku: 'GAO-ST25-5KG', quantity: 1 }] })
  const given_up = await drive('/orders', { channel: 'shopee', lines: [{ sku: 'BUOI-LON', quantity: 2 }] })
  await drive('/orders', { channel: 'shopee', lines: [{ sku: 'CHE-SHAN-200', quantity: 2 }] })
  await drive('/clock/advance', { seconds: 10 })
  await ship(sdk, kept.order_id)
  await sdk.order.cancelOrder({ order_sn: given_up.order_id, cancel_reason: 'OUT_OF_STOCK',
    item_list: [{ item_id: grapefruit.itemId, model_id: grapefruit.models[1].model_id }] })
  const income = (await sdk.payment.getEscrowDetail({ order_sn: kept.order_id })).response.order_income
  assert(income.escrow_amount > 0 && income.commission_fee > 0)

  await drive('/clock/advance', { seconds: EXPIRED_S })
  const listings = await seenListings(sdk)  // the library meets error_auth and refreshes by itself
  assert.notEqual((await sdk.getAuthToken()).access_token, token.access_token)
  const orders = await seenOrders((with_) => sdk.order.getOrderList(with_), (with_) => sdk.order.getOrderDetail(with_))
  assert(orders.every((one) => one.recipient_address.phone.includes('*')))
  return { listings, orders: orders.map(seenOrder) }
}

async function dayWithOpenApi() {
  const app = openApi.default({ host, partner_id: Number(partnerId), partner_key: partnerKey, redirect: CALLBACK })
  const back = await consent(app.getAuthLink())
  let token = await app.getAccessToken({ code: back.get('code'), shop_id: Number(back.get('shop_id')) })
  assert.equal(token.error, '')
  let refreshed = 0
  const shop = app.createShop({
    shop_id: Number(shopId),
    onGetAccessToken: async () => token.access_token,
    onRefreshAccessToken: async () => {
      token = await app.refreshAccessToken({ shop_id: Number(shopId), refresh_token: token.refresh_token })
      refreshed += 1
      return token.access_token
    } })
  const page = (await shop.Product.getItemList({ offset: 0, page_size: 10, item_status: ['NORMAL'] })).response
  await drive('/clock/advance', { seconds: EXPIRED_S })
  const info = await shop.Product.getItemBaseInfo({ item_id_list: page.item.map((one) => one.item_id) })
  assert.equal(refreshed, 1)
  assert.equal(info.response.item_list.length, page.total_count)
  const orders = await seenOrders((with_) => shop.Order.getOrderList(with_), (with_) => shop.Order.getOrderDetail(with_))
  return { items: page.total_count, orders: orders.map(seenOrder) }
}

const postbox = await listen()
const sdk = await dayWithSdk(postbox)
const open_api = await dayWithOpenApi()
await drive('/push/deliver', {})
postbox.server.close()
console.log(JSON.stringify({ sdk, open_api, heard: postbox.heard }))
