#include "storage/sqlite/order_table.h"

#include "storage/sqlite/query.h"

namespace storage::sqlite {
namespace {

constexpr const char* kInsertOrder =
    "INSERT INTO sales_order (account, remote_id, status, remote_status, created_at, updated_at, "
    "goods, shipping, total) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kUpdateOrder =
    "UPDATE sales_order SET status = ?, remote_status = ?, created_at = ?, updated_at = ?, "
    "goods = ?, shipping = ?, total = ? WHERE account = ? AND remote_id = ? RETURNING id";
#define ORDER_COLUMNS                                                                        \
  "id, account, remote_id, status, remote_status, created_at, updated_at, goods, shipping, " \
  "total "
constexpr const char* kOrder =
    "SELECT " ORDER_COLUMNS "FROM sales_order WHERE account = ? AND remote_id = ?";
constexpr const char* kOrders =
    "SELECT " ORDER_COLUMNS "FROM sales_order ORDER BY created_at DESC, account, remote_id LIMIT ?";
constexpr const char* kOrdersOf =
    "SELECT " ORDER_COLUMNS
    "FROM sales_order WHERE account = ? ORDER BY created_at DESC, remote_id LIMIT ?";
#undef ORDER_COLUMNS
constexpr const char* kCount = "SELECT count(*) FROM sales_order";
constexpr const char* kCountOf = "SELECT count(*) FROM sales_order WHERE account = ?";
constexpr const char* kLines =
    "SELECT remote_line_id, remote_item_id, remote_unit_id, sku, name, quantity, cancelled, "
    "unit_price FROM order_line WHERE order_id = ? ORDER BY position";
constexpr const char* kAddLine =
    "INSERT INTO order_line (order_id, position, remote_line_id, remote_item_id, remote_unit_id, "
    "sku, name, quantity, cancelled, unit_price) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr const char* kDropLines = "DELETE FROM order_line WHERE order_id = ?";
constexpr const char* kAnnounce =
    "INSERT INTO outbox (kind, account, at) VALUES (?, ?, ?) ON CONFLICT (kind, account) "
    "DO NOTHING";

std::vector<catalog::OrderLine> read_lines(Database& database, std::int64_t order_id) {
  Query query(database, kLines);
  query.bind(order_id);
  std::vector<catalog::OrderLine> out;
  while (query.step()) {
    auto& line = out.emplace_back();
    line.remote_line_id = query.view();
    line.remote_item_id = query.view();
    line.remote_unit_id = query.view();
    line.sku.text = query.view();
    line.name = query.view();
    line.quantity = query.integer();
    line.cancelled = query.integer();
    line.unit_price = query.money();
  }
  return out;
}

catalog::Order read_order(Database& database, Query& row) {
  catalog::Order out;
  const std::int64_t id = row.integer();
  out.account.text = row.view();
  out.remote_id = row.view();
  out.status = known(catalog::order_status_from(row.view()));
  out.remote_status = row.view();
  out.created_at = row.instant();
  out.updated_at = row.instant();
  out.goods = row.money();
  out.shipping = row.money();
  out.total = row.money();
  out.lines = read_lines(database, id);
  return out;
}

void add_lines(Database& database, std::int64_t order_id, const catalog::Order& order) {
  for (std::size_t i = 0; i < order.lines.size(); ++i) {
    const auto& line = order.lines[i];
    Query query(database, kAddLine);
    query.bind(order_id, i, line.remote_line_id, line.remote_item_id, line.remote_unit_id, line.sku,
               line.name, line.quantity, line.cancelled, line.unit_price);
    query.run();
  }
}

}  // namespace

std::optional<catalog::Order> OrderTable::order(const catalog::AccountId& account,
                                                std::string_view remote_id) {
  const std::string wanted(remote_id);
  Query query(database_, kOrder);
  query.bind(account, wanted);
  if (!query.step()) return std::nullopt;
  return read_order(database_, query);
}

void OrderTable::insert(const catalog::Order& order) {
  Query query(database_, kInsertOrder);
  query.bind(order.account, order.remote_id, word(order.status), order.remote_status,
             order.created_at, order.updated_at, order.goods, order.shipping, order.total);
  query.run();
  add_lines(database_, database_.last_insert_id(), order);
}

void OrderTable::update(const catalog::Order& order) {
  Query query(database_, kUpdateOrder);
  query.bind(word(order.status), order.remote_status, order.created_at, order.updated_at,
             order.goods, order.shipping, order.total, order.account, order.remote_id);
  if (!query.step()) {
    throw StorageError(Fault::constraint, "no such order: " + order.remote_id);
  }
  const std::int64_t id = query.integer();
  {
    Query drop(database_, kDropLines);
    drop.bind(id);
    drop.run();
  }
  add_lines(database_, id, order);
}

std::vector<catalog::Order> OrderTable::orders(const catalog::AccountId& account,
                                               std::size_t rows_max) {
  Query query(database_, account.empty() ? kOrders : kOrdersOf);
  if (account.empty()) {
    query.bind(rows_max);
  } else {
    query.bind(account, rows_max);
  }
  std::vector<catalog::Order> out;
  while (query.step()) out.push_back(read_order(database_, query));
  return out;
}

std::int64_t OrderTable::count(const catalog::AccountId& account) {
  Query query(database_, account.empty() ? kCount : kCountOf);
  if (!account.empty()) query.bind(account);
  return query.step() ? query.integer() : 0;
}

void Outbox::announce(catalog::ChangeKind kind, const catalog::AccountId& account,
                      base::Instant at) {
  Query query(database_, kAnnounce);
  query.bind(word(kind), account, at);
  query.run();
}

}  // namespace storage::sqlite
