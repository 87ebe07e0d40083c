#include "connectors/lazada/mapping.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "connectors/common/xml.h"

namespace connectors::lazada {

namespace {

using base::Error;
using base::ErrorCode;
using common::Json;
using common::XmlWriter;

Error incomplete(const ListingContent& content, const std::string& what) {
  return {ErrorCode::rejected, "Lazada: " + content.sku.text + " " + what, {}, {}};
}

int weight_g(const ListingContent& content) {
  return content.package_weight_g > 0 ? content.package_weight_g : content.net_weight_g;
}

// Two decimals are allowed; what is over counts as the next hundredth: 5204 -> "5.21"
std::string kilograms(int grams) {
  const int hundredths = (grams + 9) / 10;
  const std::string decimals = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + "." + decimals;
}

// At most 255 bytes without the characters that Lazada forbids.
std::string title(const ListingContent& content) {
  constexpr std::string_view kForbidden = "\"^~<>\\|";
  std::string text = base::normalise(content.title.vi);
  std::replace_if(
      text.begin(), text.end(),
      [&](char c) { return kForbidden.find(c) != std::string_view::npos; }, ' ');
  for (std::size_t length = base::code_points(text); text.size() > kTitleBytesMax; --length) {
    text = base::shorten(text, length - 1);
  }
  return text;
}

std::string certificate_line(const catalog::Certificate& certificate) {
  std::string line = "Chứng nhận: " + certificate.kind;
  if (certificate.stars > 0) line += " " + std::to_string(certificate.stars) + " sao";
  if (!certificate.number.empty()) line += ", số " + certificate.number;
  if (!certificate.issuer.empty()) line += ", " + certificate.issuer;
  return line;
}

std::string html(std::string_view text) {
  std::string out = "<p>";
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '\n':
        out += "<br/>";
        break;
      default:
        out += c;
    }
  }
  return out + "</p>";
}

std::string description(const ListingContent& content) {
  std::string text = content.description.vi;
  if (text.empty()) text = content.title.vi;
  if (!content.producer_name.empty()) text += "\n\nNhà sản xuất: " + content.producer_name;
  for (const auto& certificate : content.certificates) {
    text += "\n" + certificate_line(certificate);
  }
  return html(base::shorten(base::normalise(text), kDescriptionMax));
}

void write_images(XmlWriter& xml, std::span<const std::string> urls) {
  if (urls.empty()) return;
  xml.open("Images");
  for (const auto& url : urls) xml.element("Image", url);
  xml.close();
}

void write_texts(XmlWriter& xml, const ListingContent& content) {
  xml.element("name", title(content));
  xml.open("description").cdata(description(content)).close();
}

void write_package(XmlWriter& xml, const ListingContent& content, const Options& options) {
  const bool known = content.length_cm > 0 && content.width_cm > 0 && content.height_cm > 0;
  const PackageSize size =
      known ? PackageSize{content.length_cm, content.width_cm, content.height_cm} : options.package;
  xml.element("package_weight", kilograms(weight_g(content)));
  xml.element("package_length", std::to_string(size.length_cm));
  xml.element("package_width", std::to_string(size.width_cm));
  xml.element("package_height", std::to_string(size.height_cm));
}

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
  collect("sku", seller_sku);
  return meant;
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

std::string create_xml(const ListingContent& content, std::span<const std::string> image_urls,
                       const Options& options) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("PrimaryCategory", content.category_remote_id);
  write_images(xml, image_urls);
  xml.open("Attributes");
  write_texts(xml, content);
  if (options.brand_id.empty()) {
    xml.element("brand", options.brand);
  } else {
    xml.element("brand_id", options.brand_id);
  }
  for (const auto& [name, value] : options.attributes) xml.element(name, value);
  xml.close();
  xml.open("Skus").open("Sku");
  xml.element("SellerSku", content.sku.text);
  xml.element("quantity", std::to_string(content.initial_stock));
  xml.element("price", std::to_string(content.price));
  write_package(xml, content, options);
  return xml.finish();
}

std::string update_xml(const ListingContent& content, std::span<const std::string> image_urls,
                       const Options& options) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("ItemId", content.binding.item_id);
  write_images(xml, image_urls);
  xml.open("Attributes");
  write_texts(xml, content);
  xml.close();
  xml.open("Skus").open("Sku");
  xml.element("SkuId", content.binding.unit_id);
  xml.element("Status", "active");
  write_package(xml, content, options);
  return xml.finish();
}

std::string hide_xml(const catalog::Binding& binding) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("ItemId", binding.item_id);
  xml.open("Attributes").close();  // must be there, even empty
  xml.open("Skus").open("Sku");
  xml.element("SkuId", binding.unit_id);
  xml.element("Status", "inactive");
  return xml.finish();
}

std::string sku_rows_xml(SkuWrite write, std::span<const SkuRow> rows) {
  XmlWriter xml;
  xml.open("Request").open("Product").open("Skus");
  for (const auto& row : rows) {
    xml.open("Sku");
    xml.element("ItemId", row.binding.item_id);
    xml.element("SkuId", row.binding.unit_id);
    xml.element("SellerSku", row.sku.text);  // what `detail` names a refused SKU by
    xml.element(amount_element(write), std::to_string(row.amount));
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

catalog::Binding created_binding(const Json& answer, const catalog::Sku& sku) {
  catalog::Binding binding;
  const Json* data = common::child(answer, "data");
  if (data == nullptr) return binding;
  const auto skus = common::items(*data, "sku_list");
  for (const Json& row : skus) {  // not in the order of the request
    const bool ours = common::text(row, "seller_sku") == sku.text;
    if (ours || skus.size() == 1) binding.unit_id = common::text(row, "sku_id");
    if (ours) break;
  }
  binding.item_id = common::text(*data, "item_id");
  if (binding.unit_id.empty()) binding.item_id.clear();
  return binding;
}

std::string uploaded_url(const Json& answer) {
  return common::text_at(answer, "data", "image", "url");
}

}  // namespace connectors::lazada
