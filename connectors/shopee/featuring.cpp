#include "connectors/shopee/featuring.h"

#include <algorithm>
#include <utility>

#include "connectors/shopee/ids.h"

namespace connectors::shopee {

namespace {

using base::ErrorCode;
using common::Json;

constexpr int kPagesMax = 60;
constexpr long long kPageSize = 100;
constexpr std::int64_t kNormal = 1;
constexpr std::int64_t kDeleted = 0;

Json id_array(std::span<const std::string> ids) {
  std::vector<Json> out;
  for (const auto& id : ids) out.push_back(id_json(id));
  return common::json_array(std::move(out));
}

std::vector<std::string> by_rank(std::span<const FeaturedItem> items) {
  std::vector<const FeaturedItem*> chosen;
  for (const auto& item : items) {
    if (item.rank > 0 && !item.binding.empty()) chosen.push_back(&item);
  }
  std::stable_sort(chosen.begin(), chosen.end(),
                   [](const auto* one, const auto* other) { return one->rank < other->rank; });
  std::vector<std::string> ids;
  for (const auto* item : chosen) {
    const auto& id = item->binding.item_id;
    if (std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
  }
  return ids;
}

std::vector<std::string> without(std::span<const std::string> all,
                                 std::span<const std::string> taken) {
  std::vector<std::string> out;
  for (const auto& one : all) {
    if (std::find(taken.begin(), taken.end(), one) == taken.end()) out.push_back(one);
  }
  return out;
}

common::Query page_query(int page) {
  common::Query query;
  query.add("page_size", kPageSize).add("page_no", static_cast<long long>(page));
  return query;
}

bool has_more(const Json& answer) {
  const Json* response = payload(answer);
  return response != nullptr && common::flag(*response, "more").value_or(false);
}

}  // namespace

std::string ShopFeaturing::what_it_does_vi() const {
  return "Đưa vào danh mục \"" + client_.options().featured_category + "\" của gian hàng" +
         (client_.options().boost ? " và đẩy 5 sản phẩm đầu lên trang kết quả." : ".");
}

std::string ShopFeaturing::what_it_does_en() const {
  return "Puts it into the shop's category \"" + client_.options().featured_category + "\"" +
         (client_.options().boost ? " and boosts the first 5 in search results." : ".");
}

PushReport ShopFeaturing::feature(std::span<const FeaturedItem> items) {
  PushReport report;
  const ItemIds wanted = by_rank(items);
  const auto stop = [&](const base::Error& error) {
    report.stopped_by = error;
    return report;
  };
  auto category = category_id();
  if (category && category.value().empty() && !wanted.empty()) category = make_category();
  if (!category) return stop(category.error());
  std::vector<std::pair<std::string, std::string>> refused;
  if (!category.value().empty()) {
    const auto there = category_items(category.value());
    if (!there) return stop(there.error());
    const auto leaving = without(there.value(), wanted);
    const auto left = move("shop_category/delete_item_list", category.value(), leaving);
    if (!left) return stop(left.error());
    const auto coming = without(wanted, there.value());
    auto came = move("shop_category/add_item_list", category.value(), coming);
    if (!came) return stop(came.error());
    refused = std::move(came).value();
  }
  if (client_.options().boost) {
    if (const auto boosted = boost(wanted); !boosted) return stop(boosted.error());
  }
  for (std::size_t i = 0; i < items.size(); ++i) {
    const auto bad = std::find_if(refused.begin(), refused.end(), [&](const auto& row) {
      return items[i].rank > 0 && row.first == items[i].binding.item_id;
    });
    if (bad == refused.end()) {
      report.accepted.push_back(i);
    } else {
      report.rejected.push_back({i, refusal(bad->second)});
    }
  }
  return report;
}

// Empty: the shop has none of that name yet. One that was switched off is switched on again.
base::Result<std::string> ShopFeaturing::category_id() {
  for (int page = 1; page <= kPagesMax; ++page) {
    const auto answer = client_.get("shop_category/get_shop_category_list", page_query(page));
    if (!answer) return answer.error();
    const Json* response = payload(answer.value());
    if (response == nullptr) break;
    for (const Json& row : common::items(*response, "shop_categorys")) {
      const auto status = common::integer(row, "status").value_or(kNormal);
      if (status == kDeleted) continue;
      if (common::text(row, "name") != client_.options().featured_category) continue;
      auto id = common::text(row, "shop_category_id");
      if (status == kNormal) return id;
      const auto body = common::to_text(common::json_object(
          {{"shop_category_id", id_json(id)}, {"status", common::json_string("NORMAL")}}));
      const auto shown =
          client_.write("shop_category/update_shop_category", body, Nature::write_again);
      if (!shown) return shown.error();
      return id;
    }
    if (!has_more(answer.value())) break;
  }
  return std::string{};
}

base::Result<std::string> ShopFeaturing::make_category() {
  const auto body = common::to_text(
      common::json_object({{"name", common::json_string(client_.options().featured_category)},
                           {"sort_weight", common::json_number(1)}}));
  const auto made = client_.write("shop_category/add_shop_category", body, Nature::write_once);
  const bool lost = !made && made.error().code == ErrorCode::unknown_outcome;
  if (!made && !lost) return made.error();
  // Found again by its name: that also puts it on show, which a new one may not be.
  auto id = category_id();
  if (id && id.value().empty()) {
    return failed(ErrorCode::unavailable, "the shop's category is not there yet");
  }
  return id;
}

base::Result<ShopFeaturing::ItemIds> ShopFeaturing::category_items(const std::string& category_id) {
  ItemIds ids;
  for (int page = 1; page <= kPagesMax; ++page) {
    auto query = page_query(page);
    query.add("shop_category_id", category_id);
    const auto answer = client_.get("shop_category/get_item_list", query);
    if (!answer) return answer.error();
    const Json* response = payload(answer.value());
    if (response == nullptr) break;
    for (const Json& id : common::items(*response, "item_list")) ids.push_back(common::text_of(id));
    if (!has_more(answer.value())) break;
  }
  return ids;
}

base::Result<std::vector<std::pair<std::string, std::string>>> ShopFeaturing::move(
    const std::string& path, const std::string& category_id, std::span<const std::string> ids) {
  std::vector<std::pair<std::string, std::string>> refused;
  for (std::size_t i = 0; i < ids.size(); i += kCategoryItemsPerCall) {
    const auto chunk = ids.subspan(i, std::min(kCategoryItemsPerCall, ids.size() - i));
    const auto body = common::to_text(common::json_object(
        {{"shop_category_id", id_json(category_id)}, {"item_list", id_array(chunk)}}));
    const auto answer = client_.write(path, body, Nature::write_again);
    if (!answer) return answer.error();
    const Json* response = payload(answer.value());
    if (response == nullptr) continue;
    for (const Json& row : common::items(*response, "invalid_item_id_list")) {
      auto words = common::text(row, "fail_message");
      if (words.empty()) words = common::text(row, "fail_error");
      refused.emplace_back(common::text(row, "item_id"), std::move(words));
    }
  }
  return refused;
}

base::Status ShopFeaturing::boost(const ItemIds& wanted) {
  const auto answer = client_.get("product/get_boosted_list");
  if (!answer) return answer.error();
  ItemIds running;
  if (const Json* response = payload(answer.value())) {
    for (const Json& row : common::items(*response, "item_list")) {
      running.push_back(common::text(row, "item_id"));
    }
  }
  const std::span<const std::string> all{wanted};
  auto next = without(all.first(std::min(kBoostSlots, all.size())), running);
  const std::size_t free = kBoostSlots - std::min(kBoostSlots, running.size());
  if (next.size() > free) next.resize(free);
  if (next.empty()) return base::Done{};
  const auto body = common::to_text(common::json_object({{"item_id_list", id_array(next)}}));
  const auto boosted = client_.attempt("product/boost_item", body, Nature::write_again);
  if (!boosted) return boosted.error();
  const auto& error = boosted.value().error;
  if (error && !concerns_one_item(*error)) return *error;
  return base::Done{};
}

}  // namespace connectors::shopee
