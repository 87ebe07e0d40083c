#include "catalog/order_intake.h"

#include <algorithm>
#include <map>

#include "base/time_text.h"
#include "catalog/stock_service.h"

namespace catalog {
namespace {

std::int64_t live_packs(const OrderLine& line) {
  return line.quantity - line.cancelled;
}

class IntakeRun {
 public:
  IntakeRun(Tables& tables, Order order, const IntakeContext& context)
      : tables_(tables), order_(std::move(order)), context_(context) {}

  IntakeResult run() {
    resolve_skus();
    const auto known = tables_.orders.order(order_.account, order_.remote_id);
    if (known) {
      follow(*known);
    } else {
      meet();
    }
    return std::move(result_);
  }

 private:
  bool counts() const { return context_.stock_effect == StockEffect::counted; }

  void resolve_skus() {
    for (auto& line : order_.lines) {
      if (!line.sku.empty() && variant_of(line.sku)) continue;
      const auto listing = tables_.listings.listing_bound_to(
          order_.account, {line.remote_item_id, line.remote_unit_id});
      line.sku = listing ? listing->sku : Sku{};
      if (line.sku.empty()) ++result_.lines_without_sku;
    }
  }

  void meet() {
    result_.intake = Intake::inserted;
    if (order_.status == OrderStatus::cancelled) {
      for (auto& line : order_.lines) line.cancelled = line.quantity;
    }
    tables_.orders.insert(order_);
    if (!counts()) return;
    for (const auto& line : order_.lines) note_cancelled(line);
    if (order_.status == OrderStatus::cancelled) return;
    report_lateness();
    for (const auto& line : order_.lines) {
      reserve_line(line);
      if (has_shipped(order_.status)) ship_line(line);
    }
  }

  void report_lateness() {
    if (order_.created_at + context_.lag >= context_.ingested_through) return;
    StockIncident late;
    late.kind = "late_order";
    late.cause = "order " + order_.remote_id + " was created " + base::utc_iso(order_.created_at) +
                 ", orders were complete through " + base::utc_iso(context_.ingested_through);
    append(std::move(late));
  }

  void follow(const Order& known) {
    Order merged = known;
    bool changed = false;
    const bool forward = rank(order_.status) > rank(known.status);
    if (order_.updated_at < known.updated_at && !forward) {
      result_.intake = Intake::backward;
      return;
    }
    const bool cancels = order_.status == OrderStatus::cancelled && forward;
    for (auto& line : merged.lines) {
      const auto wanted = cancelled_packs(line, cancels);
      if (wanted <= line.cancelled) continue;
      const auto fewer = wanted - line.cancelled;
      line.cancelled = wanted;
      if (counts() && !has_shipped(known.status)) release_line(line, fewer);
      changed = true;
    }
    if (forward) {
      merged.status = order_.status;
      if (counts() && has_shipped(order_.status) && !has_shipped(known.status)) {
        for (const auto& line : merged.lines) ship_line(line);
      }
      changed = true;
    } else if (rank(order_.status) < rank(known.status)) {
      result_.intake = Intake::backward;
    }
    if (!changed) return;
    merged.remote_status = order_.remote_status;
    merged.updated_at = std::max(order_.updated_at, known.updated_at);
    merged.total = order_.total;
    merged.goods = order_.goods;
    tables_.orders.update(merged);
    result_.intake = Intake::advanced;
  }

  // Looked up once for each order.
  const std::optional<Variant>& variant_of(const Sku& sku) {
    const auto found = variants_.find(sku);
    if (found != variants_.end()) return found->second;
    return variants_.emplace(sku, tables_.products.variant(sku)).first->second;
  }

  std::int64_t cancelled_packs(const OrderLine& known_line, bool cancels) const {
    if (cancels) return known_line.quantity;
    for (const auto& line : order_.lines) {
      if (line.remote_line_id == known_line.remote_line_id) {
        return std::min(line.cancelled, known_line.quantity);
      }
    }
    return known_line.cancelled;
  }

  void reserve_line(const OrderLine& line) {
    const auto packs = live_packs(line);
    if (line.sku.empty()) {
      StockIncident incident;
      incident.kind = "unknown_sku";
      incident.quantity = packs;
      incident.cause = "order " + order_.remote_id +
                       " sells an item the catalogue does not know: " + line.remote_item_id;
      append(std::move(incident));
      return;
    }
    lower_exposure(line, packs);
    for_each_pool(line, packs, "", [&](const LedgerEntry& entry, std::int64_t units) {
      if (!reserve(tables_, entry, units, context_.now)) return;
      report_oversell(line, entry.pool);
    });
  }

  void lower_exposure(const OrderLine& line, std::int64_t packs) {
    ListingStock stock;
    stock.account = order_.account;
    stock.sku = line.sku;
    const auto present = tables_.listings.stock(order_.account, line.sku);
    if (present) stock = *present;
    const auto effect = apply_sale(stock, packs, order_.created_at, context_.clock_skew);
    if (present || tables_.listings.listing(order_.account, line.sku)) tables_.listings.put(stock);
    if (effect.beyond_exposure == 0) return;
    StockIncident incident;
    incident.kind = "foreign_sale";
    incident.sku = line.sku;
    incident.quantity = effect.beyond_exposure;
    incident.cause = "order " + order_.remote_id + " sold more than we let the channel show";
    append(std::move(incident));
  }

  void note_cancelled(const OrderLine& line) {
    if (line.sku.empty() || line.cancelled == 0) return;
    auto stock = tables_.listings.stock(order_.account, line.sku);
    if (!stock) return;
    note_cancelled_unseen(*stock, line.cancelled, order_.created_at, context_.clock_skew,
                          context_.restock);
    tables_.listings.put(*stock);
  }

  void report_oversell(const OrderLine& line, const PoolId& pool) {
    const auto balance = tables_.stock.balance(pool, base::local_date(context_.now));
    const auto shortfall = balance.reserved - balance.sellable();
    if (shortfall <= 0) return;
    StockIncident incident;
    incident.kind = "oversell";
    incident.sku = line.sku;
    incident.pool = pool;
    incident.quantity = shortfall;
    incident.cause = "order " + order_.remote_id + " reserved more than is there";
    append(std::move(incident));
  }

  void release_line(const OrderLine& line, std::int64_t packs) {
    if (line.sku.empty()) return;
    if (auto stock = tables_.listings.stock(order_.account, line.sku)) {
      apply_cancel(*stock, packs, context_.restock);
      tables_.listings.put(*stock);
    }
    const auto suffix = "#" + std::to_string(line.cancelled);
    for_each_pool(line, packs, suffix, [&](const LedgerEntry& entry, std::int64_t units) {
      release(tables_, entry, units, context_.now);
    });
  }

  void ship_line(const OrderLine& line) {
    if (line.sku.empty() || live_packs(line) == 0) return;
    for_each_pool(line, live_packs(line), "", [&](const LedgerEntry& entry, std::int64_t units) {
      ship(tables_, entry, units, context_.now);
    });
  }

  template <typename Use>
  void for_each_pool(const OrderLine& line, std::int64_t packs, const std::string& suffix,
                     const Use& use) {
    const auto& variant = variant_of(line.sku);
    if (!variant || packs <= 0) return;
    for (const auto& item : variant->recipe) {
      LedgerEntry entry;
      entry.pool = item.pool;
      entry.source = "order";
      entry.event_key =
          order_.account.text + "/" + order_.remote_id + "/" + line.remote_line_id + suffix;
      use(entry, packs * item.base_units);
      result_.pools.insert(item.pool);
    }
  }

  void append(StockIncident incident) {
    incident.account = order_.account;
    incident.at = context_.now;
    tables_.stock.append(incident);
  }

  Tables& tables_;
  Order order_;
  const IntakeContext& context_;
  IntakeResult result_;
  std::map<Sku, std::optional<Variant>> variants_;
};

}  // namespace

IntakeResult ingest(Tables& tables, Order order, const IntakeContext& context) {
  return IntakeRun(tables, std::move(order), context).run();
}

}  // namespace catalog
