#pragma once
// The simulated Lazada seller: Lazada Open Platform, region Vietnam, one seller, one warehouse.
//
//   auto channel = make_lazada(context, credentials);
//   auto strict = make_lazada(context, credentials, {.api_rps = 2});
//
// Every API answers under /rest (and without it), token endpoints too, by GET and by POST.
// Parameters are the union of query, form, multipart text and JSON members. Stock is four
// counters: sellable, withheld for unpaid orders, occupied by paid ones, and their sum. Where the
// documents are silent the choice is a rule below. A fresh seller already sells three products.
// Threads: safe. Source: Lazada Open Platform documents, read 2026-04.
#include <cstdint>
#include <memory>

#include "sandbox/channel.h"
#include "sandbox/context.h"
#include "sandbox/credentials.h"

namespace sandbox {

enum class LazadaPayment {
  on_delivery,  // pending at once
  prepaid,      // unpaid, then pending after `pay_after_s`
  abandoned,    // unpaid until it expires
  mixed,        // every second buyer pays in advance
};
enum class LazadaBatch { apply_good, apply_none };        // what a 501 leaves behind
enum class LazadaCodes { text, number };                  // "501" or 501; word codes stay text
enum class LazadaInner { snake, camel };                  // error_code or errorCode in a result
enum class LazadaDetail { seller_sku, sku, field };       // what a row of `detail` is known by
enum class LazadaScalars { typed, texts };                // as in traffic, or as in the samples
enum class LazadaIds { common, wide };                    // wide: order ids beyond 2^53
enum class LazadaFleet { marketplace, own };              // who carries the parcels
enum class LazadaPriceJump { accepted, back_to_review };  // a price moved by more than 80 %

struct LazadaRules {
  double api_rps = 20;                 // per API: ApiCallLimit
  double inventory_rps = 50;           // per seller over the stock APIs: SellerCallLimit
  double brands_rps = 30;              // over it the answer is empty, not an error
  std::int64_t app_calls_per_day = 0;  // AppCallLimit; 0: none. In test status it is 10 000
  double burst_s = 2;                  // a rested bucket holds this many seconds of calls
  std::int64_t access_life_s = 30 * 86'400;
  std::int64_t refresh_life_s = 180 * 86'400;  // counts from the consent, never extended
  std::int64_t code_life_s = 1'800;
  std::int64_t clock_window_s = 7'200;
  std::int64_t review_s = 0;  // "Pending QC" for this long after create; 0: active at once
  std::int64_t image_side_min = 330;
  std::int64_t image_side_max = 5'000;
  LazadaPayment payment = LazadaPayment::on_delivery;
  LazadaBatch batch = LazadaBatch::apply_good;
  LazadaPriceJump price_jump = LazadaPriceJump::accepted;
  LazadaCodes codes = LazadaCodes::text;
  LazadaInner inner = LazadaInner::snake;
  LazadaDetail detail = LazadaDetail::seller_sku;
  LazadaScalars scalars = LazadaScalars::typed;
  LazadaIds ids = LazadaIds::common;
  LazadaFleet fleet = LazadaFleet::marketplace;
  std::int64_t pay_after_s = 3;
  std::int64_t unpaid_life_s = 1'800;
  std::int64_t pickup_after_s = 3'600;  // ready_to_ship -> shipped
  std::int64_t deliver_after_s = 86'400;
  std::int64_t confirm_after_s = 3 * 86'400;
  std::int64_t cancel_decide_s = 86'400;      // the buyer's wish to cancel a packed unit
  std::int64_t return_decide_s = 3 * 86'400;  // then the platform decides for the buyer
  std::int64_t withheld_per_10000 = 0;        // tax withheld from an individual's sales
  std::int64_t payout_every_days = 7;
  std::int64_t low_stock = 5;  // below it a message goes out
};

std::unique_ptr<Channel> make_lazada(Context& context, const LazadaCredentials& credentials);
std::unique_ptr<Channel> make_lazada(Context& context, const LazadaCredentials& credentials,
                                     const LazadaRules& rules);

}  // namespace sandbox
