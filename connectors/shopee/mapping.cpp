#include "connectors/shopee/mapping.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/text.h"
#include "connectors/shopee/errors.h"

namespace connectors::shopee {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::json_array;
using common::json_flag;
using common::json_number;
using common::json_object;
using common::json_string;

std::int64_t id_number(const std::string& digits) {
  std::int64_t id = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), id);
  return id;
}

Error incomplete(const ListingContent& content, const std::string& what) {
  return {ErrorCode::rejected, "Shopee: " + content.sku.text + " " + what, {}, {}};
}

int weight_g(const ListingContent& content) {
  return content.package_weight_g > 0 ? content.package_weight_g : content.net_weight_g;
}

// 5200 -> "5.2"
std::string kilograms(int grams) {
  std::string decimals = std::to_string(1'000 + grams % 1'000).substr(1);
  while (!decimals.empty() && decimals.back() == '0') decimals.pop_back();
  return std::to_string(grams / 1'000) + (decimals.empty() ? "" : "." + decimals);
}

// Shopee wants the weight as a number and our JSON knows no decimals but text. The quotes around
// the value cannot be met inside another string, where they would be escaped.
std::string with_weight_number(std::string body, const std::string& weight) {
  const std::string quoted = R"("weight":")" + weight + '"';
  const std::size_t at = body.find(quoted);
  if (at != std::string::npos) body.replace(at, quoted.size(), "\"weight\":" + weight);
  return body;
}

std::string certificate_line(const catalog::Certificate& certificate) {
  std::string line = "Chứng nhận: " + certificate.kind;
  if (certificate.stars > 0) line += " " + std::to_string(certificate.stars) + " sao";
  if (!certificate.number.empty()) line += ", số " + certificate.number;
  if (!certificate.issuer.empty()) line += ", " + certificate.issuer;
  return line;
}

std::string description(const ListingContent& content) {
  std::string text = content.description.vi;
  if (text.empty()) text = content.title.vi;
  if (!content.producer_name.empty()) text += "\n\nNhà sản xuất: " + content.producer_name;
  for (const auto& certificate : content.certificates) {
    text += "\n" + certificate_line(certificate);
  }
  return base::shorten(base::normalise(text), kDescriptionMax);
}

// What a create and an update have in common.
Json shared_members(const ListingContent& content, std::span<const std::string> image_ids) {
  Json body = json_object(
      {{"item_name", json_string(base::shorten(base::normalise(content.title.vi), kTitleMax))},
       {"description", json_string(description(content))},
       {"item_sku", json_string(content.sku.text)},
       {"weight", json_string(kilograms(weight_g(content)))}});
  if (!image_ids.empty()) {
    std::vector<Json> ids;
    for (const auto& id : image_ids) ids.push_back(json_string(id));
    body["image"] = json_object({{"image_id_list", json_array(std::move(ids))}});
  }
  if (!content.category_remote_id.empty()) {
    body["category_id"] = json_number(id_number(content.category_remote_id));
  }
  if (content.length_cm > 0 && content.width_cm > 0 && content.height_cm > 0) {
    body["dimension"] = json_object({{"package_length", json_number(content.length_cm)},
                                     {"package_width", json_number(content.width_cm)},
                                     {"package_height", json_number(content.height_cm)}});
  }
  if (!content.gtin.empty()) body["gtin_code"] = json_string(content.gtin);
  return body;
}

Json model_id(const std::string& unit_id) {
  return json_number(unit_id.empty() ? 0 : id_number(unit_id));
}

IdPage id_page(const Json& answer, std::string_view list, std::string_view id) {
  IdPage page;
  const Json* response = common::child(answer, "response");
  if (response == nullptr) return page;
  for (const Json& row : common::items(*response, list)) {
    auto text = id.empty() ? common::text_of(row) : common::text(row, id);
    if (!text.empty()) page.ids.push_back(std::move(text));
  }
  return page;
}

std::int64_t available(const Json& item) {
  const Json* stock = common::child(item, "stock_info_v2");
  if (stock == nullptr) return 0;
  const auto summary = common::integer_at(*stock, "summary_info", "total_available_stock");
  if (summary) return *summary;
  std::int64_t total = 0;
  for (const Json& bucket : common::items(*stock, "seller_stock")) {
    total += common::integer(bucket, "stock").value_or(0);
  }
  return total;
}

std::int64_t list_price(const Json& item) {
  for (const Json& price : common::items(item, "price_info")) {
    if (const auto amount = common::money_vnd(price, "original_price")) return *amount;
  }
  return 0;
}

}  // namespace

std::optional<Error> problem_with(const ListingContent& content) {
  if (content.category_remote_id.empty() || id_number(content.category_remote_id) <= 0) {
    return incomplete(content, "needs a Shopee category: add it to the category map");
  }
  if (content.image_files.empty()) return incomplete(content, "needs a picture");
  if (weight_g(content) <= 0) return incomplete(content, "needs the weight of its package");
  if (content.price <= 0) return incomplete(content, "needs a price");
  if (content.title.vi.empty()) return incomplete(content, "needs a Vietnamese title");
  return std::nullopt;
}

std::string add_item_body(const ListingContent& content, std::span<const std::string> image_ids,
                          std::span<const std::int64_t> logistic_ids) {
  Json body = shared_members(content, image_ids);
  body["original_price"] = json_number(content.price);
  body["item_status"] = json_string(content.visible ? "NORMAL" : "UNLIST");
  body["condition"] = json_string("NEW");
  body["brand"] =
      json_object({{"brand_id", json_number(0)}, {"original_brand_name", json_string("NoBrand")}});
  body["seller_stock"] = json_array({json_object({{"stock", json_number(content.initial_stock)}})});
  std::vector<Json> logistics;
  for (const auto id : logistic_ids) {
    logistics.push_back(
        json_object({{"logistic_id", json_number(id)}, {"enabled", json_flag(true)}}));
  }
  body["logistic_info"] = json_array(std::move(logistics));
  return with_weight_number(common::to_text(body), kilograms(weight_g(content)));
}

std::string update_item_body(const ListingContent& content,
                             std::span<const std::string> image_ids) {
  Json body = shared_members(content, image_ids);
  body["item_id"] = json_number(id_number(content.binding.item_id));
  return with_weight_number(common::to_text(body), kilograms(weight_g(content)));
}

std::string unlist_body(const std::string& item_id, Shelf shelf) {
  return common::to_text(json_object(
      {{"item_list",
        json_array({json_object({{"item_id", json_number(id_number(item_id))},
                                 {"unlist", json_flag(shelf == Shelf::unlisted)}})})}}));
}

std::string stock_body(const StockUpdate& update) {
  const Json bucket = json_object({{"stock", json_number(update.quantity)}});
  const Json row = json_object(
      {{"model_id", model_id(update.binding.unit_id)}, {"seller_stock", json_array({bucket})}});
  return common::to_text(json_object({{"item_id", json_number(id_number(update.binding.item_id))},
                                      {"stock_list", json_array({row})}}));
}

std::string price_body(const PriceUpdate& update) {
  const Json row = json_object({{"model_id", model_id(update.binding.unit_id)},
                                {"original_price", json_number(update.price)}});
  return common::to_text(json_object({{"item_id", json_number(id_number(update.binding.item_id))},
                                      {"price_list", json_array({row})}}));
}

std::string created_item_id(const Json& answer) {
  const auto id = common::integer_at(answer, "response", "item_id");
  return id && *id > 0 ? std::to_string(*id) : std::string{};
}

std::string uploaded_image_id(const Json& answer) {
  auto id = common::text_at(answer, "response", "image_info", "image_id");
  if (!id.empty()) return id;
  const Json* response = common::child(answer, "response");
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
  const Json* response = common::child(answer, "response");
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
  const Json* response = common::child(answer, "response");
  if (response == nullptr) return verdict;
  for (const Json& row : common::items(*response, "failure_list")) {
    verdict.refused = refusal(common::text(row, "failed_reason"));
  }
  verdict.accepted = !verdict.refused && !common::items(*response, "success_list").empty();
  return verdict;
}

IdPage item_ids(const Json& answer) {
  IdPage page = id_page(answer, "item", "item_id");
  const Json* response = common::child(answer, "response");
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
  const Json* response = common::child(answer, "response");
  if (response != nullptr && common::flag(*response, "more").value_or(false)) {
    page.next = common::text(*response, "next_cursor");
  }
  return page;
}

std::vector<RemoteListing> listings(const Json& answer) {
  std::vector<RemoteListing> out;
  const Json* response = common::child(answer, "response");
  if (response == nullptr) return out;
  for (const Json& item : common::items(*response, "item_list")) {
    RemoteListing listing;
    listing.binding.item_id = common::text(item, "item_id");
    listing.remote_status = common::text(item, "item_status");
    const bool deleted = listing.remote_status.ends_with("_DELETE");
    if (listing.binding.item_id.empty() || deleted) continue;
    listing.sku = catalog::Sku{common::text(item, "item_sku")};
    listing.title = common::text(item, "item_name");
    listing.stock = available(item);
    listing.price = list_price(item);
    listing.visible = listing.remote_status == "NORMAL";
    out.push_back(std::move(listing));
  }
  return out;
}

}  // namespace connectors::shopee
