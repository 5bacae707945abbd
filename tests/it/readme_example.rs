use processing_results::Client;
use processing_results_mock::{API_KEY, Server};

#[tokio::test]
async fn an_item_is_fetched_although_the_service_fails_once() {
    let server = Server::start()
        .await
        .unwrap()
        .respond_to("invoice-0001", [503, 200]);
    let client = Client::builder()
        .api_key(API_KEY)
        .base_url(server.base_url())
        .build()
        .unwrap();

    let history = client
        .processing_results("invoice-0001")
        .send()
        .await
        .unwrap();
    assert_eq!(history.item_name, "invoice-0001.pdf");
    assert_eq!(server.requests().len(), 2);
}
