#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/time_text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPageMax = 50;
constexpr std::int64_t kPageDefault = 20;
constexpr std::int64_t kOffsetMax = 10'000;
constexpr std::size_t kSellerSkusMax = 100;

std::string shop_sku(const Item& item, const Sku& sku) {
  return std::to_string(item.id) + "_VNAMZ-" + std::to_string(sku.id);
}

Json warehouse_json(const Sku& sku) {
  return object({{"warehouseCode", "dropshipping"},
                 {"quantity", sku.stock.sellable},
                 {"sellableQuantity", sku.stock.sellable},
                 {"totalQuantity", sku.stock.total()},
                 {"occupyQuantity", sku.stock.occupy},
                 {"withholdQuantity", sku.stock.withhold}});
}

// The stock that running and coming campaigns hold.
Json channels_json(const Sku& sku) {
  std::vector<Json> rows;
  for (const auto& one : sku.campaigns) {
    rows.push_back(object({{"channelName", one.name},
                           {"startTime", one.from_ms},
                           {"endTime", one.to_ms},
                           {"sellableQuantity", one.locked}}));
  }
  return wire::array(std::move(rows));
}

Json sku_json(const Item& item, const Sku& sku) {
  const auto id = std::to_string(item.id);
  auto row = object(
      {{"SkuId", sku.id},
       {"SellerSku", sku.seller_sku},
       {"ShopSku", shop_sku(item, sku)},
       {"Status", sku.status},
       {"Url", "https://www.lazada.vn/products/i" + id + "-s" + std::to_string(sku.id) + ".html"},
       {"Images", wire::texts(sku.images)},
       {"price", sku.price},
       {"special_price", sku.special_price},
       {"quantity", sku.stock.sellable},
       {"Available", sku.stock.sellable},
       {"EditableQuantity", sku.stock.total()},
       {"saleProp", sku.sale_prop},
       {"multiWarehouseInventories", wire::array({warehouse_json(sku)})},
       {"fblWarehouseInventories", Json::array()},
       {"channelInventories", channels_json(sku)}});
  if (!sku.special_from.empty()) {
    row["special_from_time"] = Json::string(sku.special_from);
    row["special_from_date"] = Json::string(sku.special_from);
  }
  if (!sku.special_to.empty()) {
    row["special_to_time"] = Json::string(sku.special_to);
    row["special_to_date"] = Json::string(sku.special_to);
    row["special_time_format"] = Json::string("yyyy-MM-dd HH:mm");
  }
  for (const auto& [key, value] : sku.own.as_object()) row[key] = value;
  for (const auto& [key, value] : sku.sale_prop.as_object()) row[key] = value;
  return row;
}

bool passes_filter(const Item& item, const std::string& filter) {
  if (filter == "deleted") return item.status == "Deleted";
  if (item.status == "Deleted") return false;
  if (filter == "live") return item.status == "Active";
  if (filter == "inactive") return item.status == "InActive";
  if (filter == "pending") return item.status == "Pending QC";
  if (filter == "rejected") return item.status == "Suspended";
  if (filter == "sold-out") {
    return std::all_of(item.skus.begin(), item.skus.end(),
                       [](const Sku& sku) { return sku.deleted() || sku.stock.sellable == 0; });
  }
  return filter != "image-missing" || item.images.empty();
}

struct Window {
  std::optional<std::int64_t> created_after, created_before, updated_after, updated_before;
};

// A time parameter; `bad` when it is there and cannot be read.
std::optional<std::int64_t> time_of(const Call& call, const char* name, bool& bad) {
  const auto text = call.text(name);
  if (text.empty()) return std::nullopt;
  const auto instant = base::parse_iso(text, base::kVietnamOffset);
  bad = bad || !instant;
  if (!instant) return std::nullopt;
  return base::to_unix_ms(*instant);
}

bool inside(std::int64_t at, std::optional<std::int64_t> from, std::optional<std::int64_t> to) {
  return (!from || at >= *from) && (!to || at <= *to);
}

bool mentions(const Item& item, const std::set<std::string>& seller_skus,
              const std::string& search) {
  const auto has = [&](auto&& wanted) {
    return std::any_of(item.skus.begin(), item.skus.end(), wanted);
  };
  if (!seller_skus.empty() && !has([&](const Sku& sku) {
        return !sku.deleted() && seller_skus.contains(sku.seller_sku);
      })) {
    return false;
  }
  if (search.empty()) return true;
  return base::fold(item.name()).find(base::fold(search)) != std::string::npos ||
         has([&](const Sku& sku) { return sku.seller_sku.find(search) != std::string::npos; });
}

}  // namespace

Json product_json(const Item& item) {
  std::vector<Json> skus;
  for (const auto& sku : item.skus) {
    if (!sku.deleted() || item.status == "Deleted") skus.push_back(sku_json(item, sku));
  }
  return object({{"item_id", item.id},
                 {"primary_category", item.category},
                 {"status", item.status},
                 {"subStatus", item.sub_status},
                 {"created_time", std::to_string(item.created_ms)},
                 {"updated_time", std::to_string(item.updated_ms)},
                 {"images", wire::texts(item.images)},
                 {"marketImages", Json::array()},
                 {"attributes", item.attributes},
                 {"variation", item.variation},
                 {"suspendedSkus", Json::array()},
                 {"rejectReason", wire::texts(item.reasons)},
                 {"trialProduct", false},
                 {"hiddenStatus", ""},
                 {"hiddenReason", ""},
                 {"skus", wire::array(std::move(skus))}});
}

Reply products_get(Shop& shop, const Call& call) {
  bool bad_time = false;
  const Window window{
      time_of(call, "create_after", bad_time), time_of(call, "create_before", bad_time),
      time_of(call, "update_after", bad_time), time_of(call, "update_before", bad_time)};
  if (bad_time) return fail("ISP", "17", "E017: Invalid Date Format");
  const auto offset = call.has("offset") ? call.integer("offset").value_or(-1) : 0;
  if (offset < 0 || offset > kOffsetMax) return fail("ISP", "14", "E014: Invalid Offset");
  const auto limit = call.has("limit") ? call.integer("limit").value_or(-1) : kPageDefault;
  if (limit < 1 || limit > kPageMax) return fail("ISP", "19", "E019: Invalid Limit");
  const auto listed = call.texts("sku_seller_list");
  if (listed.size() > kSellerSkusMax) {
    return fail("ISP", "70", "E070: You have corrupt data in your sku seller list");
  }
  const std::set<std::string> seller_skus(listed.begin(), listed.end());
  const auto filter = call.has("filter") ? call.text("filter") : "all";
  static const std::set<std::string> kFilters = {
      "all", "live", "inactive", "deleted", "pending", "rejected", "sold-out", "image-missing"};
  if (!kFilters.contains(filter)) return fail("ISP", "36", "E036: Invalid status filter");
  std::vector<Json> page;
  std::int64_t total = 0;
  for (const auto& [id, item] : shop.items) {
    const bool in_time = inside(item.created_ms, window.created_after, window.created_before) &&
                         inside(item.updated_ms, window.updated_after, window.updated_before);
    if (!in_time || !passes_filter(item, filter)) continue;
    if (!mentions(item, seller_skus, call.text("search"))) continue;
    if (total >= offset && total < offset + limit) {
      page.push_back(product_json(item));
    }
    ++total;
  }
  return data(object({{"total_products", total}, {"products", wire::array(std::move(page))}}));
}

Reply product_item_get(Shop& shop, const Call& call) {
  if (!call.has("item_id")) return missing("item_id");
  const auto* item = shop.item(call.integer("item_id").value_or(0));
  if (item == nullptr) return fail("ISP", "208", "E208: Item does not exist");
  return data(product_json(*item));
}

}  // namespace sandbox::lazada
