#include "connectors/voso/mapping.h"

namespace connectors::voso {

using catalog::OrderStatus;
using common::OrderColumn;

common::OrderWords order_words() {
  auto words = common::common_order_words();
  words.headings.insert({{"ma hang hoa", OrderColumn::sku}, {"ten hang hoa", OrderColumn::name}});
  // The parcel's words are Viettel Post's.
  words.statuses.insert({{"cho ncc xac nhan", OrderStatus::to_ship},
                         {"cho lay", OrderStatus::to_ship},
                         {"cho phat", OrderStatus::shipped},
                         {"dang phat", OrderStatus::shipped},
                         {"phat thanh cong", OrderStatus::delivered},
                         {"dang chuyen hoan", OrderStatus::shipped},
                         {"chuyen hoan", OrderStatus::returned},
                         {"da chuyen hoan", OrderStatus::returned},
                         {"khach huy", OrderStatus::cancelled},
                         {"ncc huy", OrderStatus::cancelled}});
  return words;
}

}  // namespace connectors::voso
