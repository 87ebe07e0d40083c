#include "app/commands/commands.h"
#include "app/commands/support.h"
#include "base/time_text.h"
#include "catalog/quantity.h"
#include "catalog/stock_service.h"
#include "connectors/common/hmac.h"

namespace app {
namespace {

enum class Change { set, add, take };

// Leaves the transaction of a dry run without a trace; never leaves this file.
struct DryRun {};

struct PoolRow {
  catalog::StockPool pool;
  catalog::PoolBalance balance;
  std::int64_t exposed = 0;  // base units
};

cc::Json to_json(const PoolRow& row) {
  return cc::json_object({{"pool", cc::json_string(row.pool.id.text)},
                          {"name_vi", cc::json_string(row.pool.name_vi)},
                          {"unit", cc::json_string(to_string(row.pool.unit))},
                          {"on_hand", cc::json_number(row.balance.on_hand)},
                          {"reserved", cc::json_number(row.balance.reserved)},
                          {"expired", cc::json_number(row.balance.expired)},
                          {"exposed", cc::json_number(row.exposed)}});
}

std::vector<PoolRow> read_pools(jobs::Tables& tables, const std::string& only, base::Instant now) {
  std::vector<PoolRow> out;
  for (const auto& pool : tables.catalog.products.pools()) {
    if (!only.empty() && pool.id.text != only) continue;
    const auto group = catalog::load_group(tables.catalog, {pool.id}, now);
    const auto load = group.loads.find(pool.id);
    out.push_back({pool, load->second.balance, load->second.exposed});
  }
  return out;
}

void print_shares(Invocation& in, jobs::Tables& tables, const catalog::PoolId& pool) {
  std::vector<std::vector<std::string>> rows = {
      {in.out.pick("GIAN HÀNG", "SHOP"), "SKU", in.out.pick("MUỐN HIỆN", "TARGET"),
       in.out.pick("ĐANG HIỆN", "SHOWN"), in.out.pick("GIỮ CHỖ", "BOUND")}};
  for (const auto& sku : tables.catalog.products.skus_using(pool)) {
    for (const auto& stock : tables.catalog.listings.stock_of(sku)) {
      rows.push_back({stock.account.text, sku.text, std::to_string(stock.target),
                      std::to_string(stock.shown), std::to_string(stock.exposure)});
    }
  }
  if (rows.size() > 1) in.out.table(rows);
}

bool apply(jobs::Tables& tables, Change change, const catalog::LedgerEntry& entry,
           std::int64_t quantity, base::Instant now) {
  switch (change) {
    case Change::set:
      return catalog::set_on_hand(tables.catalog, entry, quantity, now);
    case Change::take:
      return catalog::take(tables.catalog, entry, quantity, now);
    case Change::add: {
      catalog::Lot lot;
      lot.pool = entry.pool;
      lot.code = "cli-" + base::local_date(now);
      lot.quantity = quantity;
      return catalog::receive(tables.catalog, entry, lot, now);
    }
  }
  return false;
}

int change_stock(Invocation& in, Change change) {
  WriteSession session(in);
  const catalog::PoolId pool_id{in.word(0)};
  std::optional<catalog::StockPool> pool;
  session.store().read([&](jobs::Tables& tables) { pool = tables.catalog.products.pool(pool_id); });
  if (!pool) {
    in.out.problem("không có kho hàng " + pool_id.text + " (nongsan stock show)",
                   "there is no pool " + pool_id.text + " (nongsan stock show)");
    return exit_failed;
  }
  const auto quantity = catalog::parse_quantity(in.word(1), pool->unit);
  if (!quantity || (change != Change::set && *quantity == 0)) {
    in.out.problem("không hiểu số lượng \"" + in.word(1) + "\"; ví dụ 320kg, 3 tạ 2, 250g, 12",
                   "cannot read the quantity \"" + in.word(1) + "\"; for example 320kg, 250g, 12");
    return exit_usage;
  }
  catalog::LedgerEntry entry;
  entry.pool = pool_id;
  entry.source = "cli";
  entry.event_key = in.has("key") ? in.option("key") : cc::random_hex(16);
  entry.note = in.option("note");
  bool applied = false;
  catalog::PoolBalance balance;
  int replanned = 0;
  const auto run = [&](jobs::Tables& tables) {
    const auto now = session.wiring().clock().now();
    applied = apply(tables, change, entry, *quantity, now);
    replanned = catalog::replan(tables.catalog, {pool_id}, now);
    balance = tables.catalog.stock.balance(pool_id, base::local_date(now));
    if (in.dry_run()) throw DryRun{};
  };
  try {
    session.store().write(run);
  } catch (const DryRun&) {
    in.out.say("(chạy thử, không ghi gì)", "(dry run, nothing was written)");
  }
  if (in.out.json()) {
    print_json(in, {{"pool", to_json(PoolRow{*pool, balance, 0})},
                    {"applied", cc::json_flag(applied)},
                    {"listings_replanned", cc::json_number(replanned)}});
  } else {
    in.out.line(pool_id.text + ": " + in.out.pick("trong kho ", "on hand ") +
                quantity_text(balance.on_hand, pool->unit) +
                in.out.pick(", đã đặt ", ", reserved ") +
                quantity_text(balance.reserved, pool->unit));
  }
  if (!applied) {
    in.out.say("(khóa này đã ghi trước đó, không đổi gì)", "(this key was used before, no change)");
  }
  return exit_ok;
}

}  // namespace

int stock_show(Invocation& in) {
  ReadSession session(in);
  std::vector<PoolRow> pools;
  session.store().read([&](jobs::Tables& tables) {
    pools = read_pools(tables, in.word(0), session.wiring().clock().now());
    if (in.out.json()) return;
    std::vector<std::vector<std::string>> rows = {
        {in.out.pick("KHO", "POOL"), in.out.pick("TÊN", "NAME"), in.out.pick("CÓ", "ON HAND"),
         in.out.pick("ĐÃ ĐẶT", "RESERVED"), in.out.pick("HẾT HẠN", "EXPIRED"),
         in.out.pick("CHO SÀN HIỆN", "EXPOSED")}};
    for (const auto& row : pools) {
      rows.push_back({row.pool.id.text, row.pool.name_vi,
                      quantity_text(row.balance.on_hand, row.pool.unit),
                      quantity_text(row.balance.reserved, row.pool.unit),
                      quantity_text(row.balance.expired, row.pool.unit),
                      quantity_text(row.exposed, row.pool.unit)});
    }
    in.out.table(rows);
    if (!in.word(0).empty()) print_shares(in, tables, catalog::PoolId{in.word(0)});
  });
  if (pools.empty()) {
    in.out.problem("không có kho hàng nào như vậy", "there is no such pool");
    return exit_failed;
  }
  if (in.out.json()) {
    std::vector<cc::Json> list;
    for (const auto& row : pools) list.push_back(to_json(row));
    print_json(in, {{"pools", cc::json_array(std::move(list))}});
  }
  return exit_ok;
}

int stock_set(Invocation& in) {
  return change_stock(in, Change::set);
}
int stock_add(Invocation& in) {
  return change_stock(in, Change::add);
}
int stock_take(Invocation& in) {
  return change_stock(in, Change::take);
}

}  // namespace app
