#include "catalog/listing_content.h"

#include "base/digest.h"

namespace catalog {
namespace {

// Fields are separated by a byte that no text holds, so moving a word between two fields shows.
constexpr char kFieldEnd = '\x1F';

class FieldList {
 public:
  FieldList& add(std::string_view text) {
    bytes_.append(text);
    bytes_.push_back(kFieldEnd);
    return *this;
  }
  FieldList& add(std::int64_t number) { return add(std::to_string(number)); }
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
};

}  // namespace

std::string content_fingerprint(const Producer& producer, const Product& product,
                                const Variant& variant, std::string_view local_day) {
  FieldList fields;
  fields.add(producer.name_vi).add(producer.name_en);
  fields.add(product.name.vi).add(product.name.en);
  fields.add(product.description.vi).add(product.description.en);
  fields.add(product.category).add(product.origin).add(to_string(product.storage));
  fields.add(product.ingredients).add(product.usage).add(product.warnings);
  for (const auto& certificate : product.certificates) {
    if (!is_shown_on(certificate, local_day)) continue;
    fields.add(certificate.kind).add(certificate.number).add(certificate.stars);
  }
  for (const auto& image : product.images) fields.add(image);
  fields.add(variant.name.vi).add(variant.name.en).add(variant.unit_vi);
  fields.add(variant.net_weight_g).add(variant.package_weight_g);
  fields.add(variant.length_cm).add(variant.width_cm).add(variant.height_cm).add(variant.gtin);
  return base::fingerprint(fields.bytes());
}

std::string title(std::string_view product_name, std::string_view variant_name) {
  std::string out(product_name);
  if (!variant_name.empty()) out.append(" - ").append(variant_name);
  return out;
}

}  // namespace catalog
