// The seller beyond the daily calls: the warehouse in detail, the store's pages, the limit on
// items.
#include "sandbox/lazada/handlers.h"

namespace sandbox::lazada {
namespace {

constexpr std::int64_t kPageMax = 100;
constexpr std::int64_t kHomePage = 8'100'001;

}  // namespace

Reply warehouse_details(Shop&, const Call&) {
  Reply reply;
  reply.body["result"] = object({{"success", true},
                                 {"not_success", false},
                                 {"error_code", "0"},
                                 {"repeated", false},
                                 {"retry", false},
                                 {"module", wire::array({object({{"country", "Vietnam"},
                                                                 {"province", "Tây Ninh"},
                                                                 {"city", "Tân An"},
                                                                 {"district", "Tân An"},
                                                                 {"name", "Kho hợp tác xã"},
                                                                 {"detail_address", "Tân An"},
                                                                 {"post_code", ""},
                                                                 {"warehouse_code", "dropshipping"},
                                                                 {"default_address", true},
                                                                 {"status", "ACTIVE"}})})}});
  return reply;
}

// Decoration can only be read: the store has its home page and nothing pinned on it.
Reply custom_pages(Shop& shop, const Call& call) {
  const auto page = call.integer("page").value_or(0);
  const auto size = call.integer("size").value_or(0);
  if (page < 1) return missing("page");
  if (size < 1 || size > kPageMax) return missing("size");
  std::vector<Json> rows;
  const std::string name = "Trang chủ";
  const bool wanted = call.text("keyword").empty() || name.find(call.text("keyword")) == 0;
  if (wanted && page == 1) {
    const std::string url = "https://www.lazada.vn/shop/nong-san-hop-tac-xa";
    rows.push_back(object({{"page_id", kHomePage},
                           {"page_name", name},
                           {"path", "/shop/nong-san-hop-tac-xa"},
                           {"client_type", "wireless"},
                           {"wireless_page_view_url", url},
                           {"page_view_url", url},
                           {"status_key", "published"},
                           {"publish_time", stamp(shop.now_ms()).substr(0, 10)}}));
  }
  return data(
      object({{"success", true},
              {"result", object({{"page_info", object({{"total_count", wanted ? "1" : "0"},
                                                       {"current_page", std::to_string(page)}})},
                                 {"page_list", wire::array(std::move(rows))}})}}));
}

// The documents: only cross-border sellers have one so far.
Reply item_limit(Shop&, const Call&) {
  return flat(object({{"success", false},
                      {"errorCodes", wire::texts({"ONLY_CB_SELLER_SUPPORTED"})},
                      {"errorMsgs", wire::texts({"For now, only cb seller supported"})}}));
}

}  // namespace sandbox::lazada
