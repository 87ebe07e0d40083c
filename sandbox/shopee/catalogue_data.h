#pragma once
// The part of the category tree, attributes, brands and carriers that a seller of Vietnamese farm
// goods meets. Ids are the sandbox's own; real ones must always be read from the shop.
#include <cstdint>

namespace sandbox::shopee {

struct CategoryRow {
  std::int64_t id;
  std::int64_t parent;  // 0: root
  const char* english;
  const char* vietnamese;
  bool strict;  // a brand and the origin must be given
};

inline constexpr CategoryRow kCategories[] = {
    {100629, 0, "Food & Beverages", "Thực phẩm và đồ uống", false},
    {100653, 100629, "Fresh & Frozen Food", "Thực phẩm tươi sống và đông lạnh", false},
    {100863, 100653, "Fruits", "Trái cây tươi", false},
    {100864, 100653, "Vegetables", "Rau củ tươi", false},
    {100865, 100653, "Fresh Mushrooms", "Nấm tươi", false},
    {100866, 100653, "Meat & Poultry", "Thịt và gia cầm", false},
    {100867, 100653, "Sausages & Processed Meat", "Xúc xích, lạp xưởng và thịt chế biến", false},
    {100868, 100653, "Eggs", "Trứng", false},
    {100869, 100653, "Seafood", "Thuỷ hải sản", false},
    {100654, 100629, "Dried Food", "Thực phẩm khô", false},
    {100870, 100654, "Dried Fruits", "Trái cây sấy", false},
    {100871, 100654, "Dried Vegetables & Mushrooms", "Rau củ và nấm khô", false},
    {100872, 100654, "Dried Seafood", "Hải sản khô", false},
    {100873, 100654, "Nuts & Seeds", "Các loại hạt", false},
    {100655, 100629, "Food Staples", "Lương thực", false},
    {100781, 100655, "Rice", "Gạo", false},
    {100782, 100655, "Noodles & Vermicelli", "Bún, miến, phở khô", false},
    {100783, 100655, "Beans", "Đậu các loại", false},
    {100656, 100629, "Seasonings & Spreads", "Gia vị và đồ phết", false},
    {100780, 100656, "Honey & Syrups", "Mật ong và si-rô", false},
    {100784, 100656, "Sauces & Fish Sauce", "Nước chấm và nước mắm", false},
    {100785, 100656, "Spices", "Gia vị khô", false},
    {100657, 100629, "Beverages", "Đồ uống", false},
    {100800, 100657, "Tea", "Trà", false},
    {100801, 100657, "Coffee", "Cà phê", true},
    {100802, 100657, "Juices", "Nước trái cây", false},
    {100660, 100629, "Gift Sets & Hampers", "Giỏ quà và hộp quà", false},
    {100636, 0, "Home & Living", "Nhà cửa và đời sống", false},
    {100714, 100636, "Handicrafts", "Đồ thủ công mỹ nghệ", false},
    {100715, 100636, "Plants & Seeds", "Cây giống và hạt giống", false},
};

struct AttributeRow {
  std::int64_t id;
  int input_type;
  int validation_type;
  int format_type;
  const char* english;
  const char* vietnamese;
};

inline constexpr AttributeRow kAttributes[] = {
    {100037, 1, 2, 1, "Region of Origin", "Xuất xứ"},
    {100095, 2, 3, 2, "Shelf Life", "Hạn sử dụng"},
    {100974, 3, 2, 1, "Ingredient", "Thành phần"},
    {101036, 4, 2, 1, "Certification", "Chứng nhận"},
    {101037, 3, 2, 1, "Producer", "Cơ sở sản xuất"},
};

struct ValueRow {
  std::int64_t attribute;
  std::int64_t id;
  const char* english;
  const char* vietnamese;
  const char* unit;
};

inline constexpr ValueRow kValues[] = {
    {100037, 5067, "Vietnam", "Việt Nam", ""},
    {100037, 5068, "Thailand", "Thái Lan", ""},
    {100037, 5069, "Other", "Khác", ""},
    {100095, 6101, "7", "7", "Days"},
    {100095, 6102, "6", "6", "Months"},
    {100095, 6103, "12", "12", "Months"},
    {101036, 7201, "OCOP 3 stars", "OCOP 3 sao", ""},
    {101036, 7202, "OCOP 4 stars", "OCOP 4 sao", ""},
    {101036, 7203, "OCOP 5 stars", "OCOP 5 sao", ""},
    {101036, 7204, "VietGAP", "VietGAP", ""},
    {101036, 7205, "Organic", "Hữu cơ", ""},
};

struct BrandRow {
  std::int64_t id;
  const char* name;
};

inline constexpr BrandRow kBrands[] = {
    {0, "NoBrand"},        {1146303, "Nông sản Việt"}, {1146304, "Hương Quê"},
    {1146305, "Vườn Nhà"}, {1146306, "Đồng Xanh"},
};

struct CarrierRow {
  std::int64_t id;
  const char* name;
  bool enabled;
  std::int64_t mask;  // not 0: sold under another channel, never set on an item
  double weight_max;
};

inline constexpr CarrierRow kCarriers[] = {
    {50021, "SPX Express", true, 0, 30.0},
    {50011, "Giao Hàng Nhanh", true, 0, 20.0},
    {50010, "VNPost", false, 0, 30.0},
    {5001, "Nhanh", true, 50021, 30.0},
};

}  // namespace sandbox::shopee
