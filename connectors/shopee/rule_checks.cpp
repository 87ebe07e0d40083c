#include "connectors/shopee/rule_checks.h"

#include <algorithm>

#include "base/text.h"
#include "connectors/common/picture.h"
#include "connectors/shopee/ids.h"
#include "connectors/shopee/images.h"
#include "connectors/shopee/mapping.h"

namespace connectors::shopee {

namespace {

using Problems = std::vector<ListingProblem>;

void add(Problems& out, const std::string& field, const std::string& vi, const std::string& en,
         const std::string& remote_id = {}) {
  out.push_back({field, remote_id, vi, en});
}

std::string span_text(const Range& range, const std::string& join) {
  if (range.most == INT64_MAX) return ">= " + std::to_string(range.least);
  return std::to_string(range.least) + join + std::to_string(range.most);
}

void check_length(const std::string& field, const std::string& vi, const std::string& en,
                  const Range& range, const std::string& text, Problems& out) {
  const auto length = static_cast<std::int64_t>(base::code_points(text));
  if (range.holds(length)) return;
  add(out, field,
      vi + " dài " + std::to_string(length) + " ký tự, Shopee cho phép " +
          span_text(range, " đến "),
      en + " has " + std::to_string(length) + " characters, Shopee allows " +
          span_text(range, " to "));
}

bool all_digits(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(),
                                      [](char letter) { return letter >= '0' && letter <= '9'; });
}

bool is_decimal(const std::string& text) {
  const auto dot = text.find('.');
  if (dot == std::string::npos) return all_digits(text);
  return all_digits(text.substr(0, dot)) && all_digits(text.substr(dot + 1));
}

bool text_fits(const AttributeFact& fact, const std::string& text) {
  switch (fact.text) {
    case AttributeFact::Text::integer:
    case AttributeFact::Text::date:  // travels as Unix seconds
      return all_digits(text);
    case AttributeFact::Text::decimal:
      return is_decimal(text);
    case AttributeFact::Text::any:
      return !text.empty();
  }
  return true;
}

void check_value(const AttributeFact& fact, const RemoteAttribute& value, Problems& out) {
  const auto bad = [&](const std::string& vi, const std::string& en) {
    add(out, "attribute", "Thuộc tính \"" + fact.name + "\" " + vi,
        "Attribute \"" + fact.name + "\" " + en, fact.id);
  };
  const bool chosen = !value.remote_value_id.empty() && value.remote_value_id != "0";
  if (chosen && !fact.values.empty() && !fact.values.contains(value.remote_value_id)) {
    bad("không có giá trị số " + value.remote_value_id, "has no value " + value.remote_value_id);
  }
  if (!chosen && fact.list_only) {
    bad("phải chọn trong danh sách của Shopee", "must be chosen from Shopee's list");
  } else if (!chosen && !text_fits(fact, value.text)) {
    bad("có giá trị không đúng kiểu: \"" + value.text + "\"",
        "has a value of the wrong kind: \"" + value.text + "\"");
  }
  if (!chosen && fact.with_unit && !fact.units.contains(value.unit)) {
    bad("cần một đơn vị của Shopee", "needs one of Shopee's units");
  }
}

}  // namespace

void check_attribute(const AttributeFact& fact, const std::vector<RemoteAttribute>& values,
                     Problems& out) {
  if (values.empty()) {
    if (!fact.mandatory) return;
    add(out, "attribute", "Thiếu thuộc tính bắt buộc \"" + fact.name + "\"",
        "The mandatory attribute \"" + fact.name + "\" is missing", fact.id);
    return;
  }
  for (const auto& value : values) check_value(fact, value, out);
  if (static_cast<std::int64_t>(values.size()) <= fact.values_max) return;
  add(out, "attribute",
      "Thuộc tính \"" + fact.name + "\" chỉ nhận " + std::to_string(fact.values_max) + " giá trị",
      "Attribute \"" + fact.name + "\" takes only " + std::to_string(fact.values_max) + " values",
      fact.id);
}

void check_attributes(const AttributeFacts& facts, const ListingContent& content, Problems& out) {
  for (const auto& [id, fact] : facts) {
    std::vector<RemoteAttribute> values;
    for (const auto& attribute : content.attributes) {
      if (attribute.remote_id == id) values.push_back(attribute);
    }
    check_attribute(fact, values, out);
  }
  for (const auto& attribute : content.attributes) {
    const auto& id = attribute.remote_id;
    if (id == kBrandAttribute || facts.contains(id)) continue;
    add(out, "attribute", "Ngành hàng này không có thuộc tính số " + id,
        "The category has no attribute " + id, id);
  }
}

void check_brand(const BrandFacts& facts, const ListingContent& content, Problems& out) {
  const RemoteAttribute* brand = nullptr;
  for (const auto& attribute : content.attributes) {
    if (attribute.remote_id == kBrandAttribute) brand = &attribute;
  }
  const std::string id =
      brand == nullptr || brand->remote_value_id.empty() ? "0" : brand->remote_value_id;
  if (id == "0" && (!facts.mandatory || facts.brands.contains("0"))) return;
  if (facts.brands.contains(id)) return;
  if (id == "0") {
    add(out, "brand", "Ngành hàng này bắt buộc có thương hiệu",
        "A brand is mandatory in this category");
  } else {
    add(out, "brand", "Shopee không có thương hiệu số " + id + " trong ngành hàng này",
        "Shopee has no brand " + id + " in this category", id);
  }
}

void check_texts(const LimitFacts& limits, const ListingContent& content, Problems& out) {
  check_length("title", "Tên sản phẩm", "The title", limits.title,
               base::normalise(content.title.vi), out);
  check_length("description", "Mô tả", "The description", limits.description,
               full_description(content), out);
}

void check_numbers(const LimitFacts& limits, const ListingContent& content, Problems& out) {
  if (content.price <= 0 || !limits.price.holds(content.price)) {
    add(out, "price",
        "Giá " + std::to_string(content.price) + " đ nằm ngoài giới hạn " +
            span_text(limits.price, " đến "),
        "The price " + std::to_string(content.price) + " is outside " +
            span_text(limits.price, " to "));
  }
  if (!limits.stock.holds(content.initial_stock)) {
    add(out, "stock", "Số lượng tồn nằm ngoài giới hạn " + span_text(limits.stock, " đến "),
        "The stock is outside " + span_text(limits.stock, " to "));
  }
  if (limits.weight_needed && package_weight_g(content) <= 0) {
    add(out, "weight", "Thiếu khối lượng của kiện hàng", "The weight of the package is missing");
  }
  const bool sized = content.length_cm > 0 && content.width_cm > 0 && content.height_cm > 0;
  if (limits.size_needed && !sized) {
    add(out, "size", "Thiếu kích thước kiện hàng", "The size of the package is missing");
  }
  if (limits.gtin_needed && content.gtin.empty()) {
    add(out, "attribute", "Thiếu mã vạch GTIN", "The GTIN is missing", "gtin_code");
  }
}

void check_images(const LimitFacts& limits, const ListingContent& content, Problems& out) {
  const auto count = static_cast<std::int64_t>(content.image_files.size());
  const auto least = std::max<std::int64_t>(1, limits.images.least);
  if (count < least) {
    add(out, "image",
        "Cần ít nhất " + std::to_string(least) + " ảnh, hiện có " + std::to_string(count),
        "At least " + std::to_string(least) + " pictures are needed, there are " +
            std::to_string(count));
  }
  const auto used = std::min(content.image_files.size(), kImagesMax);
  for (std::size_t i = 0; i < used; ++i) {
    const auto picture = common::fit_picture_file(content.image_files[i], kImageLimits);
    if (picture) continue;
    add(out, "image", "Ảnh không dùng được: " + picture.error().message, picture.error().message);
  }
}

void check_delivery(const std::vector<ChannelFact>& channels,
                    const std::vector<std::int64_t>& chosen, const ListingContent& content,
                    Problems& out) {
  const auto weight = package_weight_g(content);
  const std::int64_t sides[] = {content.length_cm, content.width_cm, content.height_cm};
  const auto side = *std::max_element(std::begin(sides), std::end(sides));
  const std::int64_t sum = sides[0] + sides[1] + sides[2];
  bool any = false;
  std::string reasons;
  for (const auto& channel : channels) {
    const bool used = chosen.empty() || std::find(chosen.begin(), chosen.end(),
                                                  id_number(channel.id)) != chosen.end();
    if (!used) continue;
    const bool fits = (weight <= 0 || channel.weight_g.holds(weight)) &&
                      side <= channel.side_cm_max && sum <= channel.sum_cm_max;
    any = any || fits;
    if (!fits) reasons += (reasons.empty() ? "" : ", ") + channel.name;
  }
  for (const auto id : chosen) {
    const bool known = std::any_of(channels.begin(), channels.end(), [&](const auto& channel) {
      return id_number(channel.id) == id;
    });
    if (known) continue;
    add(out, "logistics", "Gian hàng chưa bật kênh vận chuyển số " + std::to_string(id),
        "The shop has not switched on delivery channel " + std::to_string(id), std::to_string(id));
  }
  if (any) return;
  if (reasons.empty()) {
    add(out, "logistics", "Gian hàng chưa bật kênh vận chuyển nào",
        "The shop has no delivery channel switched on");
  } else {
    add(out, "logistics", "Kiện hàng quá nặng hoặc quá lớn cho: " + reasons,
        "The package is too heavy or too large for: " + reasons);
  }
}

}  // namespace connectors::shopee
