#include "connectors/lazada/product_xml.h"

#include <algorithm>

#include "base/text.h"
#include "connectors/common/xml.h"

namespace connectors::lazada {

namespace {

using common::XmlWriter;

// Two decimals are allowed; what is over counts as the next hundredth: 5204 -> "5.21"
std::string kilograms(int grams) {
  const int hundredths = (grams + 9) / 10;
  const std::string decimals = std::to_string(100 + hundredths % 100).substr(1);
  return std::to_string(hundredths / 100) + "." + decimals;
}

// At most 255 bytes without the characters that Lazada forbids.
std::string clean_title(std::string_view words) {
  constexpr std::string_view kForbidden = "\"^~<>\\|";
  std::string text = base::normalise(words);
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

void write_images(XmlWriter& xml, std::span<const std::string> urls) {
  if (urls.empty()) return;
  xml.open("Images");
  for (const auto& url : urls) xml.element("Image", url);
  xml.close();
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

void write_fields(XmlWriter& xml, const std::vector<Field>& fields) {
  for (const auto& field : fields) {
    if (!field.value.empty()) xml.element(field.name, field.value);
  }
}

// A variation that the category does not know is declared with all its values.
void write_variation(XmlWriter& xml, const ProductDraft& draft) {
  if (draft.variation.name.empty() || !draft.variation.own) return;
  xml.open("variation").open("Variation1");
  xml.element("name", draft.variation.name);
  xml.element("hasImage", "false");
  xml.element("customize", "true");
  xml.open("options");
  for (const auto& sku : draft.skus) xml.element("option", sku.variant);
  xml.close().close().close();
}

void write_variant(XmlWriter& xml, const ProductDraft& draft, const SkuDraft& sku) {
  const auto& variation = draft.variation;
  if (variation.name.empty()) return;
  if (variation.own) {
    xml.element(variation.name, sku.variant);
    return;
  }
  xml.open("saleProp").element(variation.name, sku.variant).close();
}

void write_attributes(XmlWriter& xml, const ProductDraft& draft) {
  xml.open("Attributes");
  xml.element("name", draft.title);
  xml.open("description").cdata(draft.description).close();
  write_fields(xml, draft.attributes);
  xml.close();
}

void write_new_sku(XmlWriter& xml, const ProductDraft& draft, const SkuDraft& sku,
                   const Options& options) {
  const auto& content = *sku.content;
  xml.open("Sku");
  xml.element("SellerSku", content.sku.text);
  write_variant(xml, draft, sku);
  xml.element("quantity", std::to_string(content.initial_stock));
  xml.element("price", std::to_string(content.price));
  write_package(xml, content, options);
  write_fields(xml, sku.fields);
  xml.close();
}

void write_known_sku(XmlWriter& xml, const SkuDraft& sku, const Options& options) {
  xml.open("Sku");
  xml.element("SkuId", sku.content->binding.unit_id);
  xml.element("Status", "active");
  write_package(xml, *sku.content, options);
  write_fields(xml, sku.fields);
  xml.close();
}

}  // namespace

int weight_g(const ListingContent& content) {
  return content.package_weight_g > 0 ? content.package_weight_g : content.net_weight_g;
}

std::string title_of(const ListingContent& content, TitleOf which) {
  const auto& product = content.product_name.vi;
  return clean_title(which == TitleOf::product && !product.empty() ? product : content.title.vi);
}

std::string description_of(const ListingContent& content) {
  std::string text = content.description.vi;
  if (text.empty()) text = content.title.vi;
  if (!content.producer_name.empty()) text += "\n\nNhà sản xuất: " + content.producer_name;
  for (const auto& certificate : content.certificates) {
    text += "\n" + certificate_line(certificate);
  }
  return html(base::shorten(base::normalise(text), kDescriptionMax));
}

std::string create_xml(const ProductDraft& draft, const Options& options,
                       std::string_view associated_sku) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("PrimaryCategory", draft.category);
  if (!associated_sku.empty()) xml.element("AssociatedSku", associated_sku);
  write_images(xml, draft.image_urls);
  write_variation(xml, draft);
  write_attributes(xml, draft);
  xml.open("Skus");
  for (const auto& sku : draft.skus) write_new_sku(xml, draft, sku, options);
  return xml.finish();
}

std::string update_xml(const ProductDraft& draft, const Options& options) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("ItemId", draft.skus.front().content->binding.item_id);
  write_images(xml, draft.image_urls);
  write_attributes(xml, draft);
  xml.open("Skus");
  for (const auto& sku : draft.skus) write_known_sku(xml, sku, options);
  return xml.finish();
}

std::string deactivate_xml(const std::string& item_id, std::span<const std::string> sku_ids) {
  XmlWriter xml;
  xml.open("Request").open("Product");
  xml.element("ItemId", item_id);
  xml.open("Skus");
  for (const auto& sku_id : sku_ids) xml.element("SkuId", sku_id);
  return xml.finish();
}

}  // namespace connectors::lazada
