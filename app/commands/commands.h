#pragma once
// Every command's function. What each does is in the table of commands.cpp and in its --help.
#include "app/cli.h"

namespace app {

// Parts of the table of commands, in files of their own.
std::vector<Command> outlet_commands();
std::vector<Command> parcel_commands();

int import_check(Invocation& in);
int import_apply(Invocation& in);
int product_list(Invocation& in);
int product_show(Invocation& in);
int stock_show(Invocation& in);
int stock_set(Invocation& in);
int stock_add(Invocation& in);
int stock_take(Invocation& in);
int publish(Invocation& in);
int diff(Invocation& in);
int sync_orders(Invocation& in);
int sync_stock(Invocation& in);
int sync_listings(Invocation& in);
int sync_all(Invocation& in);
int order_list(Invocation& in);
int order_show(Invocation& in);
int worksheet_status(Invocation& in);
int report_status(Invocation& in);
int worksheet_export(Invocation& in);
int worksheet_confirm(Invocation& in);
int channel_list(Invocation& in);
int channel_test(Invocation& in);
int channel_connect(Invocation& in);
int channel_adopt(Invocation& in);
int channel_maps(Invocation& in);
int channel_subscribe(Invocation& in);
int order_ship(Invocation& in);
int order_label(Invocation& in);
int order_cancel(Invocation& in);
int order_answer(Invocation& in);
int carrier_list(Invocation& in);
int carrier_test(Invocation& in);
int carrier_places(Invocation& in);
int carrier_fees(Invocation& in);
int shipment_list(Invocation& in);
int shipment_show(Invocation& in);
int shipment_cancel(Invocation& in);
int shipment_settle(Invocation& in);
int sync_shipments(Invocation& in);
int return_list(Invocation& in);
int settlement_list(Invocation& in);
int sync_returns(Invocation& in);
int sync_settlements(Invocation& in);
int places_list(Invocation& in);
int places_export(Invocation& in);
int campaign_list(Invocation& in);
int campaign_push(Invocation& in);
int feed_write(Invocation& in);
int queue_list(Invocation& in);
int queue_retry(Invocation& in);
int db_status(Invocation& in);
int db_check(Invocation& in);
int db_migrate(Invocation& in);
int config_check(Invocation& in);
int config_show(Invocation& in);
int serve(Invocation& in);
int completion(Invocation& in);

}  // namespace app
