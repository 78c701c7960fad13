/**
 * DNS servers that go by an address everybody knows.
 *
 * @module
 */

const rows: [addresses: string, about: string][] = [
  ["119.29.29.29 119.28.28.28 182.254.116.116 2402:4e00::", "DNSPod, China"],
  ["223.5.5.5 223.6.6.6 2400:3200::1 2400:3200:baba::1", "AliDNS, China"],
  ["114.114.114.114 114.114.115.115", "114DNS, China"],
  ["180.76.76.76 2400:da00::6666", "Baidu, China"],
  ["1.2.4.8 210.2.4.8", "CNNIC, China"],
  ["101.226.4.6 218.30.118.6 123.125.81.6", "360, China"],
  ["117.50.10.10 52.80.52.52", "OneDNS, China"],
  ["101.101.101.101 101.102.103.104", "Quad101, Taiwan"],
  ["168.95.1.1 168.95.192.1", "HiNet, Taiwan"],
  ["168.126.63.1 168.126.63.2", "KT, Korea"],
  ["165.21.83.88", "Singtel, Singapore"],
  ["8.8.8.8 8.8.4.4 2001:4860:4860::8888 2001:4860:4860::8844", "Google, worldwide"],
  [
    "1.1.1.1 1.0.0.1 1.1.1.2 1.1.1.3 2606:4700:4700::1111 2606:4700:4700::1001",
    "Cloudflare, worldwide",
  ],
  ["9.9.9.9 9.9.9.11 149.112.112.112 2620:fe::fe", "Quad9, worldwide"],
  ["208.67.222.222 208.67.220.220", "OpenDNS, worldwide"],
  ["94.140.14.14 94.140.15.15", "AdGuard, worldwide"],
  ["4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6", "Level3, United States"],
  ["77.88.8.8", "Yandex, Russia"],
  ["100.100.100.100", "Tailscale's MagicDNS"],
  ["100.100.2.136 100.100.2.138", "Alibaba Cloud's internal DNS"],
  ["183.60.83.19 183.60.82.98", "Tencent Cloud's internal DNS: answers only inside it"],
  ["168.63.129.16", "Azure's internal DNS"],
  ["169.254.169.253", "AWS's internal DNS"],
  ["169.254.169.254", "a cloud's internal DNS"],
  ["169.254.20.10", "Kubernetes' DNS cache on the node"],
  ["127.0.0.53 127.0.0.54", "systemd-resolved"],
  ["127.0.0.11", "Docker's internal DNS"],
];

const known = new Map(
  rows.flatMap(([addresses, about]) => addresses.split(" ").map((address) => [address, about])),
);

/** What is known of a DNS server by its address alone; `undefined` for most. */
export function knownResolver(address: string): string | undefined {
  return known.get(address);
}
