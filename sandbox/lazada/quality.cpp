// Whether a product may be shown: the review of its content, as old and new calls tell it.
#include <algorithm>

#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPageDefault = 100;
constexpr std::int64_t kPageMax = 500;
constexpr std::int64_t kGrace_ms = 7LL * 86'400'000;  // before an alerted product goes off sale

const char* review_of(const Item& item) {
  if (item.status == "Pending QC") return "pending";
  if (item.status != "Suspended") return "approved";
  return item.sub_status == "Reject" ? "rejected" : "liverejected";
}

struct Page {
  std::int64_t offset = 0;
  std::int64_t limit = kPageDefault;
};

std::optional<Reply> read_page(const Call& call, Page& page) {
  if (call.has("offset")) page.offset = call.integer("offset").value_or(-1);
  if (call.has("limit")) page.limit = call.integer("limit").value_or(-1);
  if (page.offset < 0) return fail("ISP", "14", "E014: Invalid Offset");
  if (page.limit < 1 || page.limit > kPageMax) return fail("ISP", "19", "E019: Invalid Limit");
  return std::nullopt;
}

std::vector<Json> cut(const std::vector<Json>& all, const Page& page) {
  std::vector<Json> out;
  const auto total = static_cast<std::int64_t>(all.size());
  for (auto i = page.offset; i < std::min(total, page.offset + page.limit); ++i) {
    out.push_back(all[static_cast<std::size_t>(i)]);
  }
  return out;
}

}  // namespace

Reply qc_status(Shop& shop, const Call& call) {
  Page page;
  if (auto refusal = read_page(call, page)) return *refusal;
  auto wanted = call.texts("seller_skus");
  if (wanted.empty()) wanted = call.texts("sku_seller_list");
  std::vector<Json> rows;
  for (const auto& [id, item] : shop.items) {
    for (const auto& sku : item.skus) {
      const bool asked =
          wanted.empty() || std::find(wanted.begin(), wanted.end(), sku.seller_sku) != wanted.end();
      if (sku.deleted() || !asked) continue;
      const auto reason = item.reasons.empty() ? std::string{} : item.reasons.front();
      rows.push_back(object(
          {{"seller_sku", sku.seller_sku}, {"status", review_of(item)}, {"reason", reason}}));
    }
  }
  return data(wire::array(cut(rows, page)));
}

// Products that stand in another category than their names suggest.
Reply qc_alerts(Shop& shop, const Call& call) {
  Page page;
  if (auto refusal = read_page(call, page)) return *refusal;
  std::vector<Json> rows;
  for (const auto& [id, item] : shop.items) {
    const auto better = suggested_categories(item.name());
    const bool fits =
        better.empty() || std::find(better.begin(), better.end(), item.category) != better.end();
    if (item.status == "Deleted" || fits) continue;
    std::vector<Json> categories;
    for (const auto one : better) categories.push_back(Json::number(one));
    rows.push_back(object({{"productId", id},
                           {"categoryId", item.category},
                           {"deactivationTime", item.updated_ms + kGrace_ms},
                           {"suggestionCategories", wire::array(std::move(categories))}}));
  }
  return data(wire::array(cut(rows, page)));
}

}  // namespace sandbox::lazada
