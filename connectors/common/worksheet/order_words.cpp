#include "connectors/common/worksheet/order_words.h"

namespace connectors::common {

using catalog::OrderStatus;

std::string_view heading_vi(OrderColumn column) {
  switch (column) {
    case OrderColumn::id:
      return "Mã đơn hàng";
    case OrderColumn::line_id:
      return "Mã dòng hàng";
    case OrderColumn::date:
      return "Ngày đặt hàng";
    case OrderColumn::status:
      return "Trạng thái đơn hàng";
    case OrderColumn::sku:
    case OrderColumn::variant_sku:
      return "Mã hàng (SKU)";
    case OrderColumn::name:
      return "Tên sản phẩm";
    case OrderColumn::price:
    case OrderColumn::list_price:
      return "Đơn giá";
    case OrderColumn::quantity:
      return "Số lượng";
    case OrderColumn::line_total:
      return "Thành tiền";
    case OrderColumn::shipping:
      return "Phí vận chuyển";
    case OrderColumn::order_total:
      return "Tổng giá trị đơn hàng";
  }
  return {};
}

OrderWords common_order_words() {
  OrderWords words;
  words.headings = {
      {"ma don hang", OrderColumn::id},
      {"ma don", OrderColumn::id},
      {"so don hang", OrderColumn::id},
      {"ma don dat hang", OrderColumn::id},
      {"ngay dat hang", OrderColumn::date},
      {"ngay dat", OrderColumn::date},
      {"ngay tao", OrderColumn::date},
      {"ngay tao don", OrderColumn::date},
      {"thoi gian dat hang", OrderColumn::date},
      {"thoi gian tao don", OrderColumn::date},
      {"trang thai", OrderColumn::status},
      {"trang thai don", OrderColumn::status},
      {"trang thai don hang", OrderColumn::status},
      {"tinh trang don hang", OrderColumn::status},
      {"sku", OrderColumn::sku},
      {"ma sku", OrderColumn::sku},
      {"ma hang", OrderColumn::sku},
      {"ma hang (sku)", OrderColumn::sku},
      {"ma san pham", OrderColumn::sku},
      {"sku san pham", OrderColumn::sku},
      {"sku phan loai hang", OrderColumn::variant_sku},
      {"sku nguoi ban", OrderColumn::variant_sku},
      {"ten san pham", OrderColumn::name},
      {"ten hang", OrderColumn::name},
      {"san pham", OrderColumn::name},
      {"gia uu dai", OrderColumn::price},
      {"gia ban", OrderColumn::price},
      {"don gia", OrderColumn::price},
      {"gia goc", OrderColumn::list_price},
      {"so luong", OrderColumn::quantity},
      {"sl", OrderColumn::quantity},
      {"thanh tien", OrderColumn::line_total},
      {"tong gia ban", OrderColumn::line_total},
      {"phi van chuyen", OrderColumn::shipping},
      {"phi van chuyen ma nguoi mua tra", OrderColumn::shipping},
      {"tong tien", OrderColumn::order_total},
      {"tong tien don hang", OrderColumn::order_total},
      {"tong gia tri don hang", OrderColumn::order_total},
      {"tong thanh toan", OrderColumn::order_total},
  };
  words.statuses = {
      {"cho thanh toan", OrderStatus::unpaid},
      {"chua thanh toan", OrderStatus::unpaid},
      {"don moi", OrderStatus::to_ship},
      {"moi", OrderStatus::to_ship},
      {"cho xac nhan", OrderStatus::to_ship},
      {"da xac nhan", OrderStatus::to_ship},
      {"da tiep nhan", OrderStatus::to_ship},
      {"cho xu ly", OrderStatus::to_ship},
      {"dang xu ly", OrderStatus::to_ship},
      {"cho lay hang", OrderStatus::to_ship},
      {"dang dong goi", OrderStatus::packed},
      {"da dong goi", OrderStatus::packed},
      {"dang lay hang", OrderStatus::packed},
      {"da lay hang", OrderStatus::shipped},
      {"dang van chuyen", OrderStatus::shipped},
      {"dang giao", OrderStatus::shipped},
      {"dang giao hang", OrderStatus::shipped},
      {"giao hang that bai", OrderStatus::shipped},  // on its way back, not here yet
      {"giao goi hang that bai", OrderStatus::shipped},
      {"da giao", OrderStatus::delivered},
      {"da giao hang", OrderStatus::delivered},
      {"giao thanh cong", OrderStatus::delivered},
      {"giao hang thanh cong", OrderStatus::delivered},
      {"hoan thanh", OrderStatus::completed},
      {"da hoan thanh", OrderStatus::completed},
      {"da hoan tat", OrderStatus::completed},
      {"tra hang", OrderStatus::returned},
      {"tra hang/hoan tien", OrderStatus::returned},
      {"da tra hang", OrderStatus::returned},
      {"da hoan hang", OrderStatus::returned},
      {"huy", OrderStatus::cancelled},
      {"da huy", OrderStatus::cancelled},
      {"don huy", OrderStatus::cancelled},
  };
  return words;
}

}  // namespace connectors::common
