#include "connectors/lazada/mapping.h"

#include "connectors/lazada/product_xml.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;

Error incomplete(const ListingContent& content, const std::string& what) {
  return {ErrorCode::rejected, "Lazada: " + content.sku.text + " " + what, {}, {}};
}

}  // namespace

std::optional<Error> problem_with(const ListingContent& content) {
  const auto& category = content.category_remote_id;
  if (category.empty() || category.find_first_not_of("0123456789") != std::string::npos) {
    return incomplete(content, "needs a Lazada category: add it to the category map");
  }
  if (content.image_files.empty()) return incomplete(content, "needs a picture");
  if (weight_g(content) <= 0) return incomplete(content, "needs the weight of its package");
  if (content.price <= 0) return incomplete(content, "needs a price");
  if (content.title.vi.empty()) return incomplete(content, "needs a Vietnamese title");
  return std::nullopt;
}

std::vector<catalog::Binding> created_bindings(const Json& answer,
                                               std::span<const catalog::Sku> skus) {
  std::vector<catalog::Binding> bindings(skus.size());
  const Json* data = common::child(answer, "data");
  if (data == nullptr) return bindings;
  const auto item_id = common::text(*data, "item_id");
  const auto rows = common::items(*data, "sku_list");
  for (std::size_t i = 0; i < skus.size() && !item_id.empty(); ++i) {
    for (const Json& row : rows) {  // not in the order of the request
      const bool ours = common::text(row, "seller_sku") == skus[i].text;
      const bool only = rows.size() == 1 && skus.size() == 1;
      if (ours || only) bindings[i] = {item_id, common::text(row, "sku_id")};
      if (ours) break;
    }
    if (bindings[i].unit_id.empty()) bindings[i] = {};
  }
  return bindings;
}

std::string uploaded_url(const Json& answer) {
  return common::text_at(answer, "data", "image", "url");
}

}  // namespace connectors::lazada
