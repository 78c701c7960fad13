import { accounts, type Area, type Step } from "../scenario.ts";

const R = "room_engine_http_srv";
const S = "room_engine_http_mic";
const RoomId = "$standup";
const room: Step[] = [
  accounts("mira", "omar", "lin"),
  [`${R}/create_room`, {
    RoomInfo: {
      RoomId,
      RoomType: "Conference",
      Owner_Account: "$mira",
      IsSeatEnabled: true,
      MaxSeatCount: 3,
    },
  }],
  ...["omar", "lin"].map((name): Step => [
    `${R}/add_robot`,
    { RoomId, Member_Account: `$${name}` },
  ]),
];
const list: Step = [`${S}/get_seat_list`, { RoomId }];
const pick = (name: string, Index: number, code = 0): Step => [
  `${S}/pick_user_on_seat`,
  { RoomId, Member_Account: `$${name}`, Index },
  code,
];

/** Seats. */
export const seats: Area = {
  name: "seats",
  scenarios: [
    {
      name: "members take seats and leave them",
      steps: [
        ...room,
        list,
        pick("omar", 0),
        pick("lin", 0, 100210),
        pick("omar", 1, 100203),
        pick("ghost", 1, 100005),
        pick("lin", 7, 100002),
        list,
        [`${S}/kick_user_off_seat`, { RoomId, Member_Account: "$omar", Data: "" }],
        [`${S}/kick_user_off_seat`, { RoomId, Member_Account: "$omar", Data: "" }, 100206],
        list,
      ],
    },
    {
      name: "a locked seat is nobody's until it is unlocked",
      steps: [
        ...room,
        [`${S}/lock_seat`, {
          RoomId,
          Index: 1,
          ForbidTaken: true,
          ForbidVideo: false,
          ForbidAudio: false,
        }],
        pick("omar", 1, 100200),
        list,
        [`${S}/lock_seat`, {
          RoomId,
          Index: 1,
          ForbidTaken: false,
          ForbidVideo: false,
          ForbidAudio: false,
        }],
        pick("omar", 1),
      ],
    },
    {
      name: "a room without seats has none to give",
      steps: [
        accounts("mira", "omar"),
        [`${R}/create_room`, {
          RoomInfo: { RoomId, RoomType: "Conference", Owner_Account: "$mira" },
        }],
        [`${R}/add_robot`, { RoomId, Member_Account: "$omar" }],
        pick("omar", 0, 100211),
      ],
    },
  ],
};
