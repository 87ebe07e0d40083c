#include <algorithm>

#include "base/text.h"
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

struct CategoryRow {
  std::int64_t id;
  std::int64_t parent;  // 0: root
  const char* english;
  const char* vietnamese;
};

// The part of the tree that a seller of farm goods meets. The ids are the sandbox's own.
constexpr CategoryRow kCategories[] = {
    {10100000, 0, "Groceries", "Bách hoá"},
    {10100200, 10100000, "Fresh Produce", "Thực phẩm tươi sống"},
    {10100201, 10100200, "Fresh Fruit", "Trái cây tươi"},
    {10100202, 10100200, "Fresh Vegetables", "Rau củ tươi"},
    {10100203, 10100200, "Fresh Mushrooms", "Nấm tươi"},
    {10100204, 10100200, "Meat & Poultry", "Thịt và gia cầm"},
    {10100205, 10100200, "Sausages & Processed Meat", "Xúc xích, lạp xưởng và thịt chế biến"},
    {10100206, 10100200, "Eggs", "Trứng"},
    {10100207, 10100200, "Seafood", "Thuỷ hải sản"},
    {10100220, 10100000, "Dried Food", "Thực phẩm khô"},
    {10100221, 10100220, "Dried Fruit", "Trái cây sấy"},
    {10100222, 10100220, "Dried Vegetables & Mushrooms", "Rau củ và nấm khô"},
    {10100223, 10100220, "Nuts & Seeds", "Các loại hạt"},
    {10100240, 10100000, "Staples", "Lương thực"},
    {10100245, 10100240, "Rice", "Gạo"},
    {10100246, 10100240, "Noodles", "Bún, miến, phở khô"},
    {10100247, 10100240, "Beans", "Đậu các loại"},
    {10100260, 10100000, "Cooking Ingredients", "Gia vị và nguyên liệu"},
    {10100261, 10100260, "Honey & Syrup", "Mật ong và si-rô"},
    {10100262, 10100260, "Sauces", "Nước chấm và nước mắm"},
    {10100263, 10100260, "Herbs & Spices", "Gia vị khô"},
    {10100280, 10100000, "Drinks", "Đồ uống"},
    {10100281, 10100280, "Tea", "Trà"},
    {10100282, 10100280, "Coffee", "Cà phê"},
    {10100283, 10100280, "Juices", "Nước trái cây"},
    {10100290, 10100000, "Gift Baskets", "Giỏ quà và hộp quà"},
    {10200000, 0, "Home & Living", "Nhà cửa và đời sống"},
    {10200010, 10200000, "Handicrafts", "Đồ thủ công mỹ nghệ"},
};

struct BrandRow {
  std::int64_t id;
  const char* name;
};
constexpr BrandRow kBrands[] = {{39704, "No Brand"},
                                {120301, "Nông sản Việt"},
                                {120302, "Hương Quê"},
                                {120303, "Vườn Nhà"},
                                {120304, "Đồng Xanh"}};
constexpr std::int64_t kBrandPageMax = 200;
constexpr std::int64_t kFreshProduce = 10100200;

bool vietnamese(const Call& call) {
  return call.text("language_code").starts_with("vi");
}

std::vector<Json> branch(std::int64_t parent, bool in_vietnamese) {
  std::vector<Json> out;
  for (const auto& row : kCategories) {
    if (row.parent != parent) continue;
    auto children = branch(row.id, in_vietnamese);
    auto node = object({{"category_id", row.id},
                        {"name", in_vietnamese ? row.vietnamese : row.english},
                        {"var", false},
                        {"leaf", children.empty()}});
    if (!children.empty()) node["children"] = wire::array(std::move(children));
    out.push_back(std::move(node));
  }
  return out;
}

const CategoryRow* row_of(std::int64_t id) {
  for (const auto& row : kCategories) {
    if (row.id == id) return &row;
  }
  return nullptr;
}

struct AttributeRow {
  std::int64_t id;
  const char* name;
  const char* english;
  const char* vietnamese;
  const char* input;
  const char* type;
  bool mandatory;
  bool sale;
};

constexpr AttributeRow kAttributes[] = {
    {100001, "name", "Product Name", "Tên sản phẩm", "text", "normal", true, false},
    {100002, "description", "Description", "Mô tả", "richText", "normal", false, false},
    {100003, "short_description", "Highlights", "Đặc điểm nổi bật", "richText", "normal", false,
     false},
    {20000, "brand", "Brand", "Thương hiệu", "singleSelect", "normal", true, false},
    {100005, "model", "Model", "Mẫu mã", "text", "normal", false, false},
    {100006, "warranty_type", "Warranty Type", "Loại bảo hành", "singleSelect", "normal", false,
     false},
    {120013, "origin", "Origin", "Xuất xứ", "enumInput", "normal", false, false},
    {120014, "shelf_life", "Shelf Life", "Hạn sử dụng", "text", "normal", false, false},
    {120015, "certificate", "Certificate", "Chứng nhận", "multiEnumInput", "normal", false, false},
    {100010, "SellerSku", "SellerSKU", "Mã SKU", "text", "sku", true, false},
    {100011, "price", "Price", "Giá", "numeric", "sku", true, false},
    {100012, "special_price", "Special Price", "Giá khuyến mãi", "numeric", "sku", false, false},
    {100013, "quantity", "Quantity", "Số lượng", "numeric", "sku", false, false},
    {100014, "package_weight", "Package Weight (kg)", "Khối lượng (kg)", "numeric", "sku", true,
     false},
    {100015, "package_length", "Package Length (cm)", "Dài (cm)", "numeric", "sku", true, false},
    {100016, "package_width", "Package Width (cm)", "Rộng (cm)", "numeric", "sku", true, false},
    {100017, "package_height", "Package Height (cm)", "Cao (cm)", "numeric", "sku", true, false},
    {30097, "net_weight", "Net Weight", "Khối lượng tịnh", "enumInput", "sku", false, true},
};

Json options_of(const AttributeRow& row) {
  static constexpr const char* kOrigin[] = {"Vietnam", "Thailand", "China"};
  static constexpr const char* kWarranty[] = {"No Warranty", "Seller Warranty"};
  static constexpr const char* kWeights[] = {"500g", "1kg", "5kg", "10kg"};
  static constexpr const char* kCertificates[] = {"VietGAP", "GlobalGAP", "OCOP 3", "OCOP 4",
                                                  "OCOP 5"};
  std::vector<Json> out;
  const auto put = [&](const auto& names) {
    for (const auto* name : names) {
      const auto id = row.id * 100 + static_cast<std::int64_t>(out.size());
      out.push_back(object({{"id", id}, {"name", name}, {"en_name", name}}));
    }
  };
  const std::string name = row.name;
  if (name == "origin") put(kOrigin);
  if (name == "warranty_type") put(kWarranty);
  if (name == "net_weight") put(kWeights);
  if (name == "certificate") put(kCertificates);
  return wire::array(std::move(out));
}

}  // namespace

bool category_exists(std::int64_t category_id) {
  return row_of(category_id) != nullptr;
}

bool category_is_leaf(std::int64_t category_id) {
  return category_exists(category_id) &&
         std::none_of(std::begin(kCategories), std::end(kCategories),
                      [&](const CategoryRow& row) { return row.parent == category_id; });
}

bool fresh_food(std::int64_t category_id) {
  const auto* row = row_of(category_id);
  return row != nullptr && row->parent == kFreshProduce;
}

std::vector<std::int64_t> suggested_categories(const std::string& product_name) {
  const auto name = base::fold(product_name);
  std::vector<std::int64_t> out;
  for (const auto& row : kCategories) {
    if (!category_is_leaf(row.id)) continue;
    const auto vietnamese_name = base::fold(row.vietnamese);
    const auto first_word = vietnamese_name.substr(0, vietnamese_name.find(' '));
    if (name.find(first_word) != std::string::npos) out.push_back(row.id);
  }
  return out;
}

bool brand_exists(std::int64_t brand_id, const std::string& brand_name) {
  return std::any_of(std::begin(kBrands), std::end(kBrands), [&](const BrandRow& row) {
    return row.id == brand_id || (!brand_name.empty() && brand_name == row.name);
  });
}

Reply category_tree(Shop&, const Call& call) {
  return data(wire::array(branch(0, vietnamese(call))));
}

Reply category_attributes(Shop&, const Call& call) {
  if (!call.has("primary_category_id")) return missing("primary_category_id");
  const auto category = call.integer("primary_category_id").value_or(0);
  if (!category_is_leaf(category)) {
    return fail("ISP", "57", "E057: No attribute sets linked to that category");
  }
  std::vector<Json> rows;
  for (const auto& row : kAttributes) {
    rows.push_back(object({{"id", row.id},
                           {"name", row.name},
                           {"label", vietnamese(call) ? row.vietnamese : row.english},
                           {"input_type", row.input},
                           {"is_mandatory", row.mandatory ? 1 : 0},
                           {"is_sale_prop", row.sale ? 1 : 0},
                           {"attribute_type", row.type},
                           {"advanced", object({{"is_key_prop", 0}})},
                           {"options", options_of(row)}}));
  }
  return data(wire::array(std::move(rows)));
}

Reply brands_query(Shop& shop, const Call& call) {
  const auto start = call.integer("startRow").value_or(0);
  const auto size = call.integer("pageSize").value_or(20);
  if (start < 0 || size < 1 || size > kBrandPageMax) {
    return fail("ISP", "1001", "E1001: pageSize must be between 1 and 200");
  }
  const auto total = static_cast<std::int64_t>(std::size(kBrands));
  std::vector<Json> rows;
  // Over its rate this API succeeds with nothing in it.
  if (shop.brands_bucket.take(shop.context.clock.now())) {
    for (auto i = start; i < std::min(total, start + size); ++i) {
      const auto& brand = kBrands[static_cast<std::size_t>(i)];
      rows.push_back(object({{"brand_id", brand.id},
                             {"name", brand.name},
                             {"name_en", brand.name},
                             {"global_identifier", base::fold(brand.name)}}));
    }
  }
  auto reply = data(object({{"enable_total", true},
                            {"start_row", start},
                            {"page_index", start / size + 1},
                            {"module", wire::array(std::move(rows))},
                            {"total_page", (total + size - 1) / size},
                            {"page_size", size},
                            {"total_record", total}}));
  reply.body["success"] = Json::boolean(true);
  return reply;
}

Reply legacy_brands(Shop&, const Call& call) {
  const auto offset = call.has("offset") ? call.integer("offset").value_or(-1) : 0;
  const auto limit = call.has("limit") ? call.integer("limit").value_or(-1) : 100;
  if (offset < 0) return fail("ISP", "14", "E014: Invalid Offset");
  if (limit < 1 || limit > 1'000) return fail("ISP", "19", "E019: Invalid Limit");
  std::vector<Json> rows;
  const auto total = static_cast<std::int64_t>(std::size(kBrands));
  for (auto i = offset; i < std::min(total, offset + limit); ++i) {
    const auto& brand = kBrands[static_cast<std::size_t>(i)];
    rows.push_back(object({{"brand_id", brand.id},
                           {"name", brand.name},
                           {"global_identifier", base::fold(brand.name)}}));
  }
  return data(wire::array(std::move(rows)));
}

Reply category_suggestion(Shop&, const Call& call) {
  if (!call.has("product_name")) return missing("product_name");
  std::vector<Json> rows;
  for (const auto id : suggested_categories(call.text("product_name"))) {
    const auto& row = *row_of(id);
    const auto* parent = row_of(row.parent);
    const auto path = (parent != nullptr ? std::string(parent->vietnamese) + " > " : "");
    rows.push_back(object({{"categoryId", row.id},
                           {"categoryName", row.vietnamese},
                           {"categoryPath", path + row.vietnamese}}));
  }
  if (rows.empty()) return fail("ISP", "701", "E701: No category suggestion");
  return data(object({{"categorySuggestions", wire::array(std::move(rows))}}));
}

}  // namespace sandbox::lazada
