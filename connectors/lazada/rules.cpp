#include "connectors/lazada/rules.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/text.h"
#include "connectors/common/picture.h"
#include "connectors/lazada/drafts.h"
#include "connectors/lazada/images.h"
#include "connectors/lazada/mapping.h"
#include "connectors/lazada/price_steps.h"
#include "connectors/lazada/product_xml.h"

namespace connectors::lazada {

namespace {

using base::Done;
using base::ErrorCode;
using Problems = std::vector<ListingProblem>;

constexpr std::string_view kNoBrand = "No Brand";

// Elements that every payload has, whatever the map says.
constexpr auto kOurs = std::to_array<std::string_view>(
    {"name", "description", "short_description", "brand", "brand_id", "SellerSku", "price",
     "quantity", "package_weight", "package_length", "package_width", "package_height", "Images"});

void check_texts(const ListingContent& content, Problems& problems) {
  const auto title = base::normalise(content.title.vi);
  if (title.empty())
    problems.push_back({"title", {}, "Thiếu tên tiếng Việt", "No Vietnamese title"});
  if (title.size() > kTitleBytesMax) {
    const auto letters = std::to_string(base::code_points(title));
    problems.push_back({"title",
                        {},
                        "Tên dài " + letters + " chữ: Lazada nhận tối đa 255 byte, phần dư bị cắt",
                        "The title has " + letters +
                            " letters: Lazada takes 255 bytes, the rest "
                            "is cut off"});
  }
  if (base::code_points(base::normalise(content.description.vi)) > kDescriptionMax) {
    problems.push_back({"description",
                        {},
                        "Mô tả dài quá 20.000 chữ",
                        "The description is longer than 20 000 letters"});
  }
}

void check_parcel(const ListingContent& content, const Options& options, Problems& problems) {
  const int grams = weight_g(content);
  if (grams <= 0) {
    problems.push_back({"weight", {}, "Thiếu khối lượng gói hàng", "No weight of the package"});
  }
  if (grams > kWeightMaxG) {
    problems.push_back({"weight", {}, "Gói hàng nặng hơn 40 kg", "The package is above 40 kg"});
  }
  const bool known = content.length_cm > 0 && content.width_cm > 0 && content.height_cm > 0;
  const auto& usual = options.package;
  const int sides = known ? content.length_cm + content.width_cm + content.height_cm
                          : usual.length_cm + usual.width_cm + usual.height_cm;
  if (sides > kSidesMaxCm) {
    problems.push_back({"size",
                        {},
                        "Tổng ba cạnh gói hàng lớn hơn 300 cm",
                        "The sides of the package add up to more than 300 cm"});
  }
}

void check_pictures(const ListingContent& content, Problems& problems) {
  if (content.image_files.empty()) problems.push_back({"image", {}, "Thiếu ảnh", "No picture"});
  const auto count = std::min(content.image_files.size(), kImagesMax);
  for (std::size_t i = 0; i < count; ++i) {
    const auto fitted = common::fit_picture_file(content.image_files[i], picture_limits());
    if (fitted) continue;
    const auto name = std::filesystem::path{content.image_files[i]}.filename().string();
    problems.push_back({"image",
                        {},
                        "Ảnh " + name + " không dùng được: " + fitted.error().message,
                        "Picture " + name + " cannot be used: " + fitted.error().message});
  }
}

const RemoteAttribute* given(const ListingContent& content, const AttributeFacts& facts) {
  const auto found = std::find_if(
      content.attributes.begin(), content.attributes.end(),
      [&](const auto& one) { return one.remote_id == facts.name || one.remote_id == facts.id; });
  return found == content.attributes.end() ? nullptr : &*found;
}

bool given_by_option(const Options& options, const std::string& name) {
  return std::any_of(options.attributes.begin(), options.attributes.end(),
                     [&](const auto& one) { return one.first == name && !one.second.empty(); });
}

ListingProblem missing(const AttributeFacts& facts) {
  const auto& label = facts.label.empty() ? facts.name : facts.label;
  return {"attribute", facts.name, "Thiếu thuộc tính bắt buộc: " + label + " (" + facts.name + ")",
          "A mandatory attribute is missing: " + label + " (" + facts.name + ")"};
}

ListingProblem not_an_option(const AttributeFacts& facts, const std::string& value) {
  const auto& label = facts.label.empty() ? facts.name : facts.label;
  return {"attribute", facts.name,
          "\"" + value + "\" không có trong danh sách của " + label + " (" + facts.name + ")",
          "\"" + value + "\" is not in the list of " + label + " (" + facts.name + ")"};
}

}  // namespace

Problems plain_problems(const ListingContent& content, const Options& options) {
  Problems problems;
  check_texts(content, problems);
  check_parcel(content, options, problems);
  check_pictures(content, problems);
  if (content.price <= 0) problems.push_back({"price", {}, "Thiếu giá", "No price"});
  if (content.initial_stock < 0) {
    problems.push_back({"stock", {}, "Tồn kho nhỏ hơn 0", "The stock is below zero"});
  }
  return problems;
}

Problems attribute_problems(const ListingContent& content, const CategoryFacts& facts,
                            const Options& options) {
  Problems problems;
  const ListingContent* const group[] = {&content};
  const auto variation = choose_variation(group, facts, options);
  for (const auto& one : facts) {
    const bool ours = std::find(kOurs.begin(), kOurs.end(), one.name) != kOurs.end();
    if (ours || one.name == variation.name) continue;
    const auto* attribute = given(content, one);
    if (attribute == nullptr) {
      if (one.mandatory && !given_by_option(options, one.name)) problems.push_back(missing(one));
      continue;
    }
    const auto value = wire_value(*attribute, &one);
    if (value.empty() && one.mandatory) problems.push_back(missing(one));
    if (!value.empty() && !one.takes_own_words() && !one.options.empty() &&
        one.option(value) == nullptr) {
      problems.push_back(not_an_option(one, value));
    }
  }
  return problems;
}

base::Result<Problems> LazadaRules::check(const ListingContent& content) {
  auto problems = plain_problems(content, client_.options());
  if (const auto asked = check_category(content, problems); !asked) return asked.error();
  if (const auto asked = check_brand(content, problems); !asked) return asked.error();
  if (const auto asked = check_price(content, problems); !asked) return asked.error();
  return problems;
}

base::Status LazadaRules::check_category(const ListingContent& content, Problems& problems) {
  const auto& id = content.category_remote_id;
  if (id.empty()) {
    problems.push_back({"category",
                        {},
                        "Chưa có ngành hàng Lazada cho " + content.category,
                        "No Lazada category for " + content.category});
    return Done{};
  }
  const auto tree = catalogue_.tree();
  if (!tree) return tree.error();
  const auto found = tree.value()->find(id);
  if (found == tree.value()->end()) {
    problems.push_back(
        {"category", {}, "Lazada không có ngành hàng " + id, "Lazada has no category " + id});
    return Done{};
  }
  if (!found->second.leaf) {
    problems.push_back({"category",
                        {},
                        "Ngành hàng " + id + " còn ngành con: chọn ngành con",
                        "Category " + id + " has children: choose one of them"});
    return Done{};
  }
  const auto facts = catalogue_.facts(id);
  if (!facts) return facts.error();
  auto more = attribute_problems(content, *facts.value(), client_.options());
  std::move(more.begin(), more.end(), std::back_inserter(problems));
  return Done{};
}

// "No Brand" is in every country's list.
base::Status LazadaRules::check_brand(const ListingContent& content, Problems& problems) {
  std::string id = client_.options().brand_id;
  std::string name = client_.options().brand;
  for (const auto& attribute : content.attributes) {
    if (attribute.remote_id == "brand_id") id = wire_value(attribute, nullptr);
    if (attribute.remote_id != "brand") continue;
    id.clear();
    name = wire_value(attribute, nullptr);
  }
  if (id.empty() && name == kNoBrand) return Done{};
  const auto known = catalogue_.has_brand(id, name);
  if (!known) return known.error();
  if (known.value().value_or(true)) return Done{};
  const auto& shown = id.empty() ? name : id;
  problems.push_back(
      {"brand", {}, "Lazada không có thương hiệu " + shown, "Lazada has no brand " + shown});
  return Done{};
}

base::Status LazadaRules::check_price(const ListingContent& content, Problems& problems) {
  if (content.binding.empty() || content.price <= 0) return Done{};
  const auto answer = client_.product(content.binding.item_id);
  if (!answer && answer.error().code == ErrorCode::not_found) return Done{};
  if (!answer) return answer.error();
  for (const auto& listing : listings(answer.value())) {
    if (listing.binding != content.binding || !price_jumps(listing.price, content.price)) continue;
    const auto from = std::to_string(listing.price);
    const auto to = std::to_string(content.price);
    problems.push_back(
        {"price",
         {},
         "Giá đổi từ " + from + " sang " + to + ", hơn 80 %: Lazada có thể xét duyệt lại",
         "The price moves from " + from + " to " + to +
             ", more than 80 %: Lazada may review the product again"});
  }
  return Done{};
}

}  // namespace connectors::lazada
