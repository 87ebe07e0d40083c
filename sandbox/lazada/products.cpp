#include <algorithm>
#include <cmath>
#include <set>

#include "sandbox/lazada/handlers.h"
#include "sandbox/lazada/variations.h"

namespace sandbox::lazada {
namespace {

constexpr std::size_t kTitleBytesMax = 255;
constexpr std::size_t kDescriptionMax = 25'000;
constexpr double kWeightMax_kg = 40;
constexpr std::size_t kPackageDecimals = 2;
constexpr double kSidesMax_cm = 300;
constexpr std::size_t kItemsMax = 200'000;

// What is wrong with a product, as rows of `detail`.
class Complaints {
 public:
  void add(const std::string& field, const std::string& message) {
    rows_.push_back(object({{"field", field}, {"message", message}}));
  }
  bool none() const { return rows_.empty(); }
  Reply reply(const char* code, const char* message) const {
    return fail("ISP", code, message, rows_);
  }

 private:
  std::vector<Json> rows_;
};

Reply create_failed(const Complaints& complaints) {
  return complaints.reply("500", "E500: Create product failed");
}
Reply update_failed(const Complaints& complaints) {
  return complaints.reply("501", "E501: Update product failed");
}

std::vector<std::string> read_images(const Node& holder, Complaints& complaints) {
  std::vector<std::string> out;
  const auto* images = holder.child("Images");
  if (images == nullptr) return out;
  for (const auto* image : images->all("Image")) {
    if (image->text.empty()) continue;
    if (!hosted_image(image->text)) complaints.add("Images", "EXTERNAL_IMAGE_URL_NOT_ALLOWED");
    if (std::find(out.begin(), out.end(), image->text) != out.end()) {
      complaints.add("Images", "DUPLICATE_MAIN_IMAGE");
    }
    out.push_back(image->text);
  }
  if (out.size() > kImagesMax) complaints.add("Images", "TOO_MANY_IMAGES");
  return out;
}

void merge_leaves(const Node& from, Json& into) {
  for (const auto& one : from.children) {
    if (one.children.empty()) into[one.name] = Json::string(one.text);
  }
}

std::optional<std::int64_t> whole_money(const std::string& text) {
  const auto number = wire::as_number(Json::string(text));
  if (!number || *number != std::floor(*number) || std::abs(*number) > 9e12) return std::nullopt;
  return static_cast<std::int64_t>(*number);
}

void read_price(const Node& node, Sku& sku, Complaints& complaints) {
  if (const auto text = node.value("price"); !text.empty()) {
    const auto price = whole_money(text);
    if (!price) complaints.add("price", "PRICE_PRECISION_NOT_SUPPORTED");
    if (price && *price <= 0) complaints.add("price", "PRICE_IS_ZERO");
    sku.price = price.value_or(0);
  }
  if (const auto text = node.value("special_price"); !text.empty()) {
    const auto special = whole_money(text);
    if (!special || *special < 0) complaints.add("special_price", "SPECIAL_PRICE_INVALID");
    sku.special_price = special.value_or(0);
  }
  if (node.has("special_from_date")) sku.special_from = node.value("special_from_date");
  if (node.has("special_to_date")) sku.special_to = node.value("special_to_date");
  if (!sku.special_from.empty() && !sku.special_to.empty() && sku.special_from > sku.special_to) {
    complaints.add("special_from_date", "SPECIAL_PRICE_DATES_REVERSED");
  }
  if (sku.special_price > sku.price) {
    complaints.add("special_price", "SPECIAL_PRICE_GREATER_THAN_PRICE");
  }
}

void check_package(const Sku& sku, Complaints& complaints) {
  const auto number = [&](const char* name) {
    const auto found = wire::as_number(wire::member(sku.own, name));
    if (!found || *found <= 0) complaints.add(name, "MANDATORY_ATTRIBUTE_MISSING");
    const auto text = wire::text(sku.own, name);
    const auto point = text.find('.');
    if (point != std::string::npos && text.size() - point - 1 > kPackageDecimals) {
      complaints.add(name, "PACKAGE_DECIMALS_EXCEED_2");
    }
    return found.value_or(0);
  };
  if (number("package_weight") > kWeightMax_kg) {
    complaints.add("package_weight", "PACKAGE_WEIGHT_EXCEEDS_40KG");
  }
  const auto sides = number("package_length") + number("package_width") + number("package_height");
  if (sides > kSidesMax_cm) complaints.add("package_length", "PACKAGE_SIDES_EXCEED_300CM");
}

// Everything that one <Sku> says, onto `sku`; stock is sellable stock.
void read_sku(const Node& node, const Json& variation, Sku& sku, Complaints& complaints) {
  read_price(node, sku, complaints);
  read_props(node, variation, sku);
  if (const auto text = node.value("quantity"); !text.empty()) {
    const auto quantity = wire::to_integer(text);
    if (!quantity || *quantity < 0) {
      complaints.add("quantity", "INVENTORY_PARAMETER_ILLEGAL");
    } else {
      sku.stock.sellable = *quantity;
    }
  }
  for (const auto& leaf : node.children) {
    const bool own = leaf.name.starts_with("package_") || leaf.name == "delay_delivery_days" ||
                     leaf.name == "color_thumbnail";
    if (own && !leaf.text.empty()) sku.own[leaf.name] = Json::string(leaf.text);
  }
  auto images = read_images(node, complaints);
  if (!images.empty()) sku.images = std::move(images);
  if (const auto status = node.value("Status"); !status.empty()) {
    const bool known = status == "active" || status == "inactive" || status == "deleted";
    if (!known) complaints.add("Status", "INVALID_STATUS");
    if (known) sku.status = status;
  }
}

void check_siblings(const Item& item, Complaints& complaints) {
  std::set<std::string> props;
  std::set<std::string> seller_skus;
  std::size_t live = 0;
  std::size_t pictured = 0;
  for (const auto& sku : item.skus) {
    if (sku.deleted()) continue;
    ++live;
    if (!sku.images.empty()) ++pictured;
    if (!seller_skus.insert(sku.seller_sku).second) {
      complaints.add("SellerSku", "SELLER_SKU_DUPLICATE");
    }
    if (!props.insert(sku.sale_prop.serialize()).second) {
      complaints.add("saleProp", "DUPLICATE_VARIANT_VALUES");
    }
  }
  if (live > kSkusMax) complaints.add("Skus", "SKU_COUNT_EXCEEDS_50");
  if (pictured != 0 && pictured != live) complaints.add("Images", "SKU_IMAGES_ALL_OR_NONE");
  for (const auto& problem : variation_problems(item.variation, item.skus)) {
    complaints.add("variation", problem);
  }
}

void check_attributes(const Item& item, Complaints& complaints) {
  const auto name = item.name();
  if (name.empty()) complaints.add("name", "MANDATORY_ATTRIBUTE_MISSING");
  if (name.size() > kTitleBytesMax) complaints.add("name", "TITLE_EXCEEDS_255");
  if (name.find_first_of("\"^~<>\\|") != std::string::npos) {
    complaints.add("name", "FORBIDDEN_CHARACTERS");
  }
  if (wire::text(item.attributes, "description").size() > kDescriptionMax * 4) {
    complaints.add("description", "DESCRIPTION_TOO_LONG");
  }
  const auto brand_id = wire::integer(item.attributes, "brand_id");
  const auto brand = wire::text(item.attributes, "brand");
  if (brand_id == 0 && brand.empty()) {
    complaints.add("brand", "MANDATORY_ATTRIBUTE_MISSING");
  } else if (!brand_exists(brand_id, brand)) {
    complaints.add("brand", "THD_BRAND_ID_IS_NOT_VALID_IN_CATEGORY");
  }
}

Json sku_list(const Item& item, std::size_t from) {
  std::vector<Json> rows;
  for (auto i = item.skus.size(); i-- > from;) {  // not in the order of the request
    const auto& sku = item.skus[i];
    rows.push_back(
        object({{"shop_sku", std::to_string(item.id) + "_VNAMZ-" + std::to_string(sku.id)},
                {"seller_sku", sku.seller_sku},
                {"sku_id", sku.id}}));
  }
  return wire::array(std::move(rows));
}

void read_new_skus(const Node& product, Item& item, Complaints& complaints) {
  const auto* skus = product.child("Skus");
  const auto nodes = skus != nullptr ? skus->all("Sku") : std::vector<const Node*>{};
  if (nodes.empty()) complaints.add("Skus", "SKU_IS_MANDATORY");
  for (const auto* node : nodes) {
    Sku sku;
    sku.seller_sku = node->value("SellerSku");
    if (sku.seller_sku.empty()) complaints.add("SellerSku", "SELLER_SKU_IS_EMPTY");
    if (node->value("price").empty()) complaints.add("price", "MANDATORY_ATTRIBUTE_MISSING");
    read_sku(*node, item.variation, sku, complaints);
    check_package(sku, complaints);
    item.skus.push_back(std::move(sku));
  }
  check_siblings(item, complaints);
}

Reply created(Shop& shop, Item& item, std::size_t from) {
  for (auto i = from; i < item.skus.size(); ++i) item.skus[i].id = shop.next_sku++;
  item.updated_ms = shop.now_ms();
  auto answer = object({{"item_id", item.id}, {"sku_list", sku_list(item, from)}});
  if (item.status == "Pending QC") answer["item_status"] = Json::string(item.status);
  shop.add(item);
  return data(std::move(answer));
}

// `AssociatedSku`: the new SKUs join the product that has that SKU.
Reply append_skus(Shop& shop, const Node& product, const std::string& associated) {
  Complaints complaints;
  Item* holder = nullptr;
  const auto id = wire::to_integer(associated).value_or(0);
  if (shop.find_sku(0, id, associated, &holder) == nullptr) {
    complaints.add("AssociatedSku", "SELLER_SKU_NOT_FOUND");
    return create_failed(complaints);
  }
  auto item = *holder;
  const auto from = item.skus.size();
  read_new_skus(product, item, complaints);
  return complaints.none() ? created(shop, item, from) : create_failed(complaints);
}

const Node* product_of(const std::optional<Node>& request) {
  return request ? request->child("Product") : nullptr;
}

Reply bad_format() {
  return fail("ISV", "5", "E005: Invalid Request Format");
}

// A campaign that runs keeps prices and pictures, and its units on the shelf.
void check_campaign(const Shop& shop, const Item& before, Item& after, Complaints& complaints) {
  for (const auto& old : before.skus) {
    const auto* campaign = old.campaign(shop.now_ms());
    const auto* changed = campaign != nullptr ? after.sku(old.id) : nullptr;
    if (changed == nullptr) continue;
    const bool edited = changed->price != old.price ||
                        changed->special_price != old.special_price ||
                        changed->images != old.images || after.images != before.images;
    if (edited) complaints.add("SkuId", "CAMPAIGN_EDIT_BLOCKED");
    if (changed->stock.sellable < std::min(campaign->locked, old.stock.sellable)) {
      complaints.add("quantity", "CAMPAIGN_STOCK_LOCKED");
    }
  }
}

// What was taken off sale is looked at again once it was edited.
void send_to_review(const Shop& shop, Item& item) {
  item.sub_status.clear();
  item.reasons.clear();
  item.status = shop.rules.review_s > 0 ? "Pending QC" : "Active";
}

}  // namespace

Reply product_create(Shop& shop, const Call& call) {
  if (!call.has("payload")) return missing("payload");
  const auto request = read_payload(call.text("payload"));
  const auto* product = product_of(request);
  if (product == nullptr) return bad_format();
  if (const auto associated = product->value("AssociatedSku"); !associated.empty()) {
    return append_skus(shop, *product, associated);
  }
  Complaints complaints;
  Item item;
  item.category = wire::to_integer(product->value("PrimaryCategory")).value_or(0);
  if (!category_exists(item.category)) {
    return fail("ISP", "201", "E201: Invalid PrimaryCategory");
  }
  if (!category_is_leaf(item.category)) {
    return fail("ISP", "4134", "E4134: The category is not a leaf category");
  }
  if (const auto* attributes = product->child("Attributes")) {
    merge_leaves(*attributes, item.attributes);
  }
  item.variation = read_variation(*product);
  item.images = read_images(*product, complaints);
  check_attributes(item, complaints);
  read_new_skus(*product, item, complaints);
  const bool pictured =
      !item.images.empty() || (!item.skus.empty() && !item.skus[0].images.empty());
  if (!pictured) complaints.add("Images", "MAIN_IMAGE_REQUIRED");
  if (!complaints.none()) return create_failed(complaints);
  if (shop.items.size() >= kItemsMax) {
    return fail("ISP", "4148", "E4148: The listing limit is reached");
  }
  item.status = shop.rules.review_s > 0 ? "Pending QC" : "Active";
  item.id = shop.next_item++;
  item.created_ms = shop.now_ms();
  return created(shop, item, 0);
}

Reply product_update(Shop& shop, const Call& call) {
  if (!call.has("payload")) return missing("payload");
  const auto request = read_payload(call.text("payload"));
  const auto* product = product_of(request);
  if (product == nullptr) return bad_format();
  auto* known = shop.item(wire::to_integer(product->value("ItemId")).value_or(0));
  if (known == nullptr || known->status == "Deleted") {
    return fail("ISP", "4137", "E4137: ITEM_NOT_FOUND");
  }
  if (known->sub_status == "Lock") return fail("ISP", "4155", "E4155: The product is locked");
  const auto* attributes = product->child("Attributes");
  if (attributes == nullptr) return fail("ISP", "57", "E057: No attribute set");
  auto item = *known;
  Complaints complaints;
  merge_leaves(*attributes, item.attributes);
  if (wire::text(item.attributes, "d_description") == "Yes") {
    item.attributes["description"] = Json::string("");
    item.attributes.erase("d_description");
  }
  const auto category = wire::to_integer(product->value("PrimaryCategory"));
  if (category && !category_is_leaf(*category)) complaints.add("PrimaryCategory", "NOT_A_LEAF");
  if (category) item.category = *category;
  auto images = read_images(*product, complaints);
  if (!images.empty()) item.images = std::move(images);
  const auto* skus = product->child("Skus");
  for (const auto* node : skus != nullptr ? skus->all("Sku") : std::vector<const Node*>{}) {
    const auto sku_id = wire::to_integer(node->value("SkuId"));
    if (!sku_id) return fail("ISP", "4216", "E4216: SkuId is mandatory");
    auto* sku = item.sku(*sku_id);
    if (sku == nullptr || sku->deleted()) {
      complaints.add("SkuId", "SELLER_SKU_NOT_FOUND");
      continue;
    }
    read_sku(*node, item.variation, *sku, complaints);
    check_package(*sku, complaints);
  }
  check_attributes(item, complaints);
  check_siblings(item, complaints);
  check_campaign(shop, *known, item, complaints);
  if (!complaints.none()) return update_failed(complaints);
  const bool any_active = std::any_of(item.skus.begin(), item.skus.end(),
                                      [](const Sku& sku) { return sku.status == "active"; });
  if (item.status == "Suspended") send_to_review(shop, item);
  if (item.status != "Pending QC") item.status = any_active ? "Active" : "InActive";
  item.updated_ms = shop.now_ms();
  *known = std::move(item);
  return data(object({{"item_id", known->id}, {"item_status", known->status}}));
}

Reply images_set(Shop& shop, const Call& call) {
  const auto request = read_payload(call.text("payload"));
  const auto* product = product_of(request);
  const auto* skus = product != nullptr ? product->child("Skus") : nullptr;
  if (skus == nullptr) return bad_format();
  Complaints complaints;
  for (const auto* node : skus->all("Sku")) {
    Item* holder = nullptr;
    auto* sku = shop.find_sku(0, wire::to_integer(node->value("SkuId")).value_or(0),
                              node->value("SellerSku"), &holder);
    const auto images = read_images(*node, complaints);
    if (sku == nullptr) complaints.add("SkuId", "SELLER_SKU_NOT_FOUND");
    if (sku == nullptr || images.empty() || !complaints.none()) continue;
    sku->images = images;
    holder->updated_ms = shop.now_ms();
  }
  if (!complaints.none()) return complaints.reply("504", "E504: Set images failed");
  return data(object({}));
}

}  // namespace sandbox::lazada
