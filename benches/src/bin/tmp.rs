use processing_results_bench::{bodies::*, calls, server};
fn main(){
  let n: usize = std::env::args().nth(2).unwrap().parse().unwrap();
  let body = body(Kind::Full, 1);
  let body2 = body.clone();
  let address = server::start(server::answers(vec![("item".to_owned(), body)]));
  let base = format!("http://{address}"); let url = calls::url(&base, "item");
  let t0 = std::time::Instant::now();
  eprintln!("size {}", std::mem::size_of_val(&calls::client(&base).processing_results("x").send())); eprintln!("api {}", std::mem::size_of_val(&calls::client(&base).api().get_item_processing_results("x",None,None,None))); let rt = calls::runtime();
  let client = calls::client(&base);
  let http = reqwest::Client::builder().no_proxy().build().unwrap();
  match std::env::args().nth(1).unwrap().as_str() {
   "ours" => for _ in 0..n { rt.block_on(client.processing_results("item").send()).unwrap(); },
   "pair" => { let http2 = reqwest::Client::builder().no_proxy().build().unwrap(); use processing_results_bench::pairs::pair; let rt2 = calls::runtime(); for _ in 0..n {
     let p = pair(|| { rt.block_on(client.processing_results("item").send()).unwrap(); }, || { rt2.block_on(calls::bare(&http,&url)); });
     let d = pair(|| { rt.block_on(calls::bare(&http2,&url)); std::hint::black_box(serde_json::from_slice::<processing_results::types::ItemProcessingResults>(body2.as_bytes()).unwrap()); }, || { rt2.block_on(calls::bare(&http,&url)); });
     eprintln!("{:.3} {:.1?}; bare+decode {:.3}", p.ratio, p.times, d.ratio); } }
   "bare" => for _ in 0..n { rt.block_on(calls::bare(&http,&url)); },
   "spin" => { let us: u64 = std::env::args().nth(3).unwrap().parse().unwrap();
      for _ in 0..n { rt.block_on(calls::bare(&http,&url)); let t=std::time::Instant::now(); while t.elapsed() < std::time::Duration::from_micros(us) {} } },
   "decode" => { let b = &body2; for _ in 0..n { rt.block_on(calls::bare(&http,&url)); std::hint::black_box(serde_json::from_slice::<processing_results::types::ItemProcessingResults>(b.as_bytes()).unwrap()); } },
   "timeout" => for _ in 0..n { rt.block_on(async { tokio::time::timeout(std::time::Duration::from_secs(60), calls::bare(&http,&url)).await }).unwrap(); },
   "ourhttp" => { let client = processing_results::Client::builder().api_key(calls::KEY).base_url(&base).http_client(http).build().unwrap();
      for _ in 0..n { rt.block_on(client.processing_results("item").send()).unwrap(); } },
   "begin" => { let http = calls::unconnected(); let client = processing_results::Client::builder().api_key(calls::KEY).base_url(calls::NOWHERE).http_client(http).build().unwrap(); let _g = rt.enter();
      for _ in 0..n { calls::begin(client.processing_results("item").send()); } },
   "beginbare" => { let http = calls::unconnected(); let url = calls::url(calls::NOWHERE,"item"); let _g = rt.enter();
      for _ in 0..n { calls::begin(calls::bare(&http,&url)); } },
   _ => {}
  }
  eprintln!("{:?} {:.1?}", std::env::args().nth(1), t0.elapsed()/n as u32);
}
