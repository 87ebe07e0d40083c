#include "connectors/lazada/sku_rows.h"

#include <string_view>

#include "connectors/common/xml.h"

namespace connectors::lazada {

namespace {

using common::Json;
using common::XmlWriter;

std::string_view amount_element(SkuWrite write) {
  return write == SkuWrite::set_price ? "Price" : "SellableQuantity";
}

bool names(const Json& row, std::string_view member, const std::string& value) {
  const auto said = common::text(row, member);
  return !said.empty() && said == value;
}

// The rows that one row of `detail` may mean: by SkuId, else by seller SKU under either name.
std::vector<std::size_t> meant_by(const Json& detail, std::span<const SkuRow> rows) {
  std::vector<std::size_t> meant;
  const auto collect = [&](std::string_view member, auto value_of) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      if (names(detail, member, value_of(rows[i]))) meant.push_back(i);
    }
    return !meant.empty();
  };
  const auto unit = [](const SkuRow& row) { return row.binding.unit_id; };
  const auto seller_sku = [](const SkuRow& row) { return row.sku.text; };
  if (collect("sku_id", unit) || collect("SkuId", unit)) return meant;
  if (collect("seller_sku", seller_sku) || collect("SellerSku", seller_sku)) return meant;
  if (collect("sku", seller_sku) || collect("field", seller_sku)) return meant;
  collect("field", unit);
  return meant;
}

}  // namespace

std::string sku_rows_xml(SkuWrite write, std::span<const SkuRow> rows) {
  XmlWriter xml;
  xml.open("Request").open("Product").open("Skus");
  for (const auto& row : rows) {
    xml.open("Sku");
    xml.element("ItemId", row.binding.item_id);
    xml.element("SkuId", row.binding.unit_id);
    if (!row.sku.text.empty())
      xml.element("SellerSku", row.sku.text);  // what `detail` names a refused SKU by
    if (write != SkuWrite::set_special) {
      xml.element(amount_element(write), std::to_string(row.amount));
    } else if (row.special) {
      xml.element("SalePrice", std::to_string(row.special->price));
      xml.element("SaleStartDate", row.special->from);
      xml.element("SaleEndDate", row.special->to);
    }
    xml.close();
  }
  return xml.finish();
}

Refusals refusals(const Json& answer, std::span<const SkuRow> rows) {
  Refusals out;
  const auto details = common::items(answer, "detail");
  out.complete = !details.empty();
  for (const Json& detail : details) {
    const auto meant = meant_by(detail, rows);
    if (meant.size() != 1) {
      out.complete = false;
      continue;
    }
    out.rows.emplace_back(meant.front(),
                          refusal(common::text(detail, "code"), common::text(detail, "message")));
  }
  return out;
}

}  // namespace connectors::lazada
