// The reading half of mapping.h: items, pages, verdicts.
#include <utility>

#include "connectors/shopee/errors.h"
#include "connectors/shopee/ids.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using common::Json;

IdPage id_page(const Json& answer, std::string_view list, std::string_view id) {
  IdPage page;
  const Json* response = payload(answer);
  if (response == nullptr) return page;
  for (const Json& row : common::items(*response, list)) {
    auto text = id.empty() ? common::text_of(row) : common::text(row, id);
    if (!text.empty()) page.ids.push_back(std::move(text));
  }
  return page;
}

struct StatusRow {
  std::string_view word;
  ListingHealth health;
};
constexpr StatusRow kStatuses[] = {
    {"NORMAL", ListingHealth::shown},        {"UNLIST", ListingHealth::hidden},
    {"REVIEWING", ListingHealth::reviewing}, {"BANNED", ListingHealth::refused},
    {"SELLER_DELETE", ListingHealth::gone},  {"SHOPEE_DELETE", ListingHealth::gone},
};

// A word of tomorrow is not on sale, as far as we know.
ListingHealth health_of(std::string_view status) {
  for (const auto& row : kStatuses) {
    if (row.word == status) return row.health;
  }
  return ListingHealth::reviewing;
}

std::string unit_of(const Json& row) {
  auto id = common::text(row, "model_id");
  return id.empty() ? "0" : id;
}

// "type: reason (suggestion)" of every detail row.
std::string reasons(const Json& row, std::string_view list) {
  std::string out;
  for (const Json& detail : common::items(row, list)) {
    std::string one = common::text(detail, "violation_type");
    const auto reason = common::text(detail, "violation_reason");
    if (!reason.empty()) one += (one.empty() ? "" : ": ") + reason;
    const auto advice = common::text(detail, "suggestion");
    if (!advice.empty()) one += " (" + advice + ")";
    if (!one.empty()) out += (out.empty() ? "" : "; ") + one;
  }
  return out;
}

}  // namespace

std::int64_t seller_stock(const Json& item) {
  std::int64_t total = 0;
  const Json* stock = common::child(item, "stock_info_v2");
  for (const Json& bucket : common::items(stock == nullptr ? item : *stock, "seller_stock")) {
    total += common::integer(bucket, "stock").value_or(0);
  }
  return total;
}

std::int64_t available_stock(const Json& item) {
  const Json* stock = common::child(item, "stock_info_v2");
  if (stock != nullptr) {
    const auto summary = common::integer_at(*stock, "summary_info", "total_available_stock");
    if (summary) return *summary;
  }
  return seller_stock(item);
}

std::int64_t list_price(const Json& item) {
  for (const Json& price : common::items(item, "price_info")) {
    if (const auto amount = common::money_vnd(price, "original_price")) return *amount;
  }
  return 0;
}

std::string created_item_id(const Json& answer) {
  const auto id = common::integer_at(answer, "response", "item_id");
  return id && *id > 0 ? std::to_string(*id) : std::string{};
}

std::string uploaded_image_id(const Json& answer) {
  auto id = common::text_at(answer, "response", "image_info", "image_id");
  if (!id.empty()) return id;
  const Json* response = payload(answer);
  if (response == nullptr) return {};
  for (const Json& row : common::items(*response, "image_info_list")) {
    if (!common::text(row, "error").empty()) continue;
    id = common::text_at(row, "image_info", "image_id");
    if (!id.empty()) return id;
  }
  return {};
}

std::string item_status(const Json& answer) {
  return common::text_at(answer, "response", "item_status");
}

std::vector<std::int64_t> usable_logistic_ids(const Json& answer) {
  std::vector<std::int64_t> ids;
  const Json* response = payload(answer);
  if (response == nullptr) return ids;
  for (const Json& row : common::items(*response, "logistics_channel_list")) {
    const auto id = common::integer(row, "logistics_channel_id");
    const bool enabled = common::flag(row, "enabled").value_or(false);
    if (id && enabled && common::integer(row, "mask_channel_id").value_or(0) == 0) {
      ids.push_back(*id);
    }
  }
  return ids;
}

ListVerdict list_verdict(const Json& answer) {
  ListVerdict verdict;
  const Json* response = payload(answer);
  if (response == nullptr) return verdict;
  for (const Json& row : common::items(*response, "failure_list")) {
    verdict.refused = refusal(common::text(row, "failed_reason"));
  }
  verdict.accepted = !verdict.refused && !common::items(*response, "success_list").empty();
  return verdict;
}

ListVerdict unit_verdict(const Json& answer, const std::string& unit_id) {
  ListVerdict verdict;
  const Json* response = payload(answer);
  if (response == nullptr) return verdict;
  const std::string wanted = unit_id.empty() ? "0" : unit_id;
  for (const Json& row : common::items(*response, "failure_list")) {
    if (unit_of(row) == wanted) verdict.refused = refusal(common::text(row, "failed_reason"));
  }
  for (const Json& row : common::items(*response, "success_list")) {
    verdict.accepted = verdict.accepted || unit_of(row) == wanted;
  }
  verdict.accepted = verdict.accepted && !verdict.refused;
  return verdict;
}

IdPage item_ids(const Json& answer) {
  IdPage page = id_page(answer, "item", "item_id");
  const Json* response = payload(answer);
  if (response != nullptr && common::flag(*response, "has_next_page").value_or(false)) {
    page.next = common::text(*response, "next_offset");
  }
  return page;
}

IdPage found_ids(const Json& answer) {
  IdPage page = id_page(answer, "item_id_list", "");
  page.next = common::text_at(answer, "response", "next_offset");
  return page;
}

IdPage order_sns(const Json& answer) {
  IdPage page = id_page(answer, "order_list", "order_sn");
  const Json* response = payload(answer);
  if (response != nullptr && common::flag(*response, "more").value_or(false)) {
    page.next = common::text(*response, "next_cursor");
  }
  return page;
}

std::vector<ReadItem> read_items(const Json& answer) {
  std::vector<ReadItem> out;
  const Json* response = payload(answer);
  if (response == nullptr) return out;
  for (const Json& item : common::items(*response, "item_list")) {
    ReadItem read;
    RemoteListing& listing = read.listing;
    listing.binding.item_id = common::text(item, "item_id");
    listing.remote_status = common::text(item, "item_status");
    listing.health = health_of(listing.remote_status);
    if (listing.binding.item_id.empty() || listing.health == ListingHealth::gone) continue;
    listing.sku = catalog::Sku{common::text(item, "item_sku")};
    listing.title = common::text(item, "item_name");
    listing.stock = available_stock(item);
    listing.price = list_price(item);
    listing.visible = listing.health == ListingHealth::shown;
    read.has_models = common::flag(item, "has_model").value_or(false);
    read.seller_stock = seller_stock(item);
    out.push_back(std::move(read));
  }
  return out;
}

std::map<std::string, std::string> violations(const Json& answer) {
  std::map<std::string, std::string> out;
  const Json* response = payload(answer);
  if (response == nullptr) return out;
  for (const Json& row : common::items(*response, "item_list")) {
    auto why = reasons(row, "item_status_details");
    if (why.empty()) why = reasons(row, "deboost_details");
    if (why.empty()) why = reasons(row, "deboosted_details");
    if (!why.empty()) out[common::text(row, "item_id")] = why;
  }
  return out;
}

}  // namespace connectors::shopee
