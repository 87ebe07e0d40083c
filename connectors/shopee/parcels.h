#pragma once
// The shipping half of Shopee's JSON: the state of an order, ways to hand it over, bodies. Pure.
// Nothing here throws. Threads: safe.
// Source: Open Platform API v2, logistics.get_shipping_parameter, ship_order,
// get_shipping_document_*; order.cancel_order, reference as of 2026-08-18.
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "connectors/common/json.h"
#include "connectors/fulfilment.h"

namespace connectors::shopee {

struct OrderState {
  struct Line {
    std::string id;  // OrderLine::remote_line_id
    std::string item_id;
    std::string model_id;
    std::string order_item_id;
    std::int64_t quantity = 0;
    std::int64_t cancelled = 0;
  };
  std::string order_sn;
  std::string status;
  std::vector<Line> lines;
  std::vector<Parcel> packages;  // tracking numbers are not in the order
};
// get_order_detail of one order; nothing when it is not in the answer.
std::optional<OrderState> order_state(const common::Json& answer);

enum class Stage { waiting, to_ship, arranged, in_cancel, cancelled };
Stage stage_of(const OrderState& order);
// A package of an order with several that still waits for its ship_order.
bool waits_for_shipping(const Parcel& parcel);

std::vector<HandoverChoice> handover_choices(const common::Json& answer);
// `package_number` empty: the order is one package. Nothing when the handover cannot be read.
std::optional<std::string> ship_body(const ShipRequest& request, const std::string& handover,
                                     const std::string& package_number);
std::string document_body(const OrderState& order, const std::string& type);

// READY, PROCESSING, FAILED or what went wrong, of the slowest document.
struct DocumentState {
  std::string status;
  std::string problem;
};
DocumentState document_state(const common::Json& answer);
std::string document_type(const common::Json& answer);  // empty: Shopee suggests none

// Nothing: Shopee has no such reason in Vietnam.
std::optional<std::string_view> cancel_word(CancelReason reason, const std::string& region);
// `lines` empty: the whole order.
std::string cancel_body(const OrderState& order, std::span<const std::string> lines,
                        std::string_view reason);

}  // namespace connectors::shopee
