#include "connectors/postmart/mapping.h"

namespace connectors::postmart {

using catalog::OrderStatus;
using common::OrderColumn;

common::OrderWords order_words() {
  auto words = common::common_order_words();
  words.headings.insert({{"ten san pham/dich vu", OrderColumn::name}});
  // The parcel's words are VNPost's.
  words.statuses.insert({{"cho thu gom", OrderStatus::to_ship},
                         {"dang thu gom", OrderStatus::packed},
                         {"da thu gom", OrderStatus::shipped},
                         {"dang phat", OrderStatus::shipped},
                         {"phat khong thanh cong", OrderStatus::shipped},
                         {"da phat thanh cong", OrderStatus::delivered},
                         {"phat thanh cong", OrderStatus::delivered},
                         {"dang chuyen hoan", OrderStatus::shipped},
                         {"da chuyen hoan", OrderStatus::returned},
                         {"phat hoan thanh cong", OrderStatus::returned},
                         {"nguoi mua huy", OrderStatus::cancelled},
                         {"nguoi ban huy", OrderStatus::cancelled}});
  return words;
}

}  // namespace connectors::postmart
