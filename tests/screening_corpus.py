"""Posts as practices write them, harmless and harmful. All of it is made up: people from tales, drama numbers, example.com.

A mark such as `{phone|07700 900123}` says what must not be public; with a question mark, as in `{link?|example.org}`, what may
stand there once its author was asked. Nothing is marked in a post that may go out as it is. Some posts were written to be
hard, and stay although detectors fail on them: the figures in docs/screening.md are worth something only so.
"""

import re
from dataclasses import dataclass
from typing import Final

from models.screening import FindingKind

MARK = re.compile(r"\{(?P<kind>[a-z_]+)(?P<asked>\??)\|(?P<words>[^{}]+)\}")

OWN_CONTACTS: Final = {
    "phone": "01632 960001",
    "email": "surgery@example.com",
    "website": "https://gingerbread.example.com",
}
OWN_PAGE: Final = "https://facebook.com/gingerbreadsurgery"
STAFF: Final = {
    "Gretel Huber": False,
    "Hansel Huber": True,
    "Peter Rabbit": False,
    "Tom Thumb": False,
    "Snow White": True,
}
"""Who works at the practice of these posts, and who agreed to be named."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a reader with care would see at a place in a post; `harmful` where it may never stand there."""

    kind: FindingKind
    start: int
    end: int
    harmful: bool


@dataclass(frozen=True, slots=True)
class Example:
    """A post, and what is to be seen in it."""

    text: str
    marks: tuple[Mark, ...]

    @property
    def harmful(self) -> bool:
        """Whether it must not go out as it is."""
        return any(each.harmful for each in self.marks)


def example(written: str) -> Example:
    """A post without its marks, and the marks by their places."""
    text, marks, end = "", [], 0
    for each in MARK.finditer(written):
        text += written[end : each.start()]
        start, end = len(text), each.end()
        text += each["words"]
        marks.append(Mark(FindingKind(each["kind"]), start, len(text), harmful=not each["asked"]))
    return Example(text + written[end:], tuple(marks))


def written(posts: str) -> list[Example]:
    """A post to a line; a bar stands for a new line."""
    return [example(line.replace(" / ", "\n")) for line in posts.strip().splitlines()]


HARMLESS: Final = """
Flu clinics start on Saturday at the surgery.
Our flu clinics are open on Saturday mornings from 9am to 12pm. No appointment needed if you are 65 or over.
We are closed on Wednesday 16 December from 1pm to 5pm. For urgent advice call 111 or see 111.nhs.uk. In an emergency call 999.
The surgery will be closed on Friday 25 December and Monday 28 December 2026. Call 111 if you need help before we open again.
You can order repeat prescriptions at any hour: use the form on our website, https://gingerbread.example.com/prescriptions.
Our phone number is 01632 960001. Lines open at 8am and are quietest after 11am.
Call us on (01632) 960 001 or email surgery@example.com.
Ring +44 1632 960001 if you are calling from abroad.
Please do not come to the surgery if you have a high temperature, a new cough or a loss of smell. Ring us first.
Asthma reviews: if you have asthma and have not had a review this year, please book with our nurses.
Do you have diabetes? Join our free group on Tuesday evenings to learn about food, feet and feeling well.
Bowel cancer screening saves lives. Kits are sent to everyone aged 50 to 74. Do yours when it arrives!
Cervical screening takes five minutes. If you have had an invitation, ring us to book.
World Mental Health Day. If you are struggling, talk to us, to someone you trust, or call Samaritans on 116 123, free at any hour.
Our car park will be resurfaced next week. Please allow extra time, and use the entrance on Mill Lane.
The patient participation group meets on the first Thursday of each month at 6pm in the waiting room. New members are welcome.
We are looking for a receptionist, 25 hours a week. See the vacancies on our website.
Did you know that a pharmacist can help with seven common conditions, from sore throats to shingles? No appointment needed.
Antibiotics don't work on colds. Rest, drink plenty and ask a pharmacist what helps.
Test results: please ring after 2pm, when our lines are quieter.
Your results will be in the NHS App as soon as a clinician has looked at them.
In June 143 appointments were missed. If you can't come, please cancel so that somebody else can have your place.
Thank you for the 212 replies to our survey. 87% of you were happy with our reception.
Opening hours over Easter: closed Good Friday 3 April to Easter Monday 6 April. Open as usual from Tuesday.
Covid-19 vaccinations are available for people aged 75 and over, and for those with a weakened immune system.
If you were born on or after 1 September 1943 and have turned 65, you can have the RSV vaccine.
The shingles vaccine is for people born between 2 September 1958 and 1 September 1960. We will write to you.
Babies born after 1 July 2024 are offered the new vaccine at 18 months.
We are part of the NHS, which was born on 5 July 1948, and we are proud of it.
The surgery opened on 14 May 1962 in a converted barn, and we are still here.
Blood pressure checks: drop in on any weekday between 10am and 4pm. It takes two minutes.
Please bring a sample bottle, already labelled, before 11am. The van leaves at 11.30am.
Our asthma nurse has clinics on Mondays and Thursdays.
The diabetes team has moved to the first floor. There is a lift.
Carers: are you looking after somebody? Tell reception, so that we can help you too.
Our defibrillator is outside the main door. Anybody can use it: call 999 and they tell you the code.
Hay fever season is here. Antihistamines from a pharmacy help most people.
Stop smoking with us: our adviser is here every Wednesday. Ask at reception.
We now offer physiotherapy without a referral. Book online or at the desk.
Our website has a new address: https://www.gingerbread.example.com. The old one will work until March.
Follow our page at facebook.com/gingerbreadsurgery for news.
Find out more on www.nhs.uk/conditions/flu or ask us.
Register to vote by 20 April at www.gov.uk/register-to-vote. You don't need a fixed address.
Use the NHS App to order prescriptions, see your record and book appointments.
NHS 111 can help at any hour. For people who can't hear well, 18001 111 works too.
Book your covid jab by calling 119, free of charge.
Heatwave: drink water, stay in the shade between 11am and 3pm and look in on neighbours.
Ice on the path! Please wear sensible shoes. The ramp has been gritted.
Our phones are down. We are working on it. Please use the online form until they are back.
The phones are working again. Thank you for your patience.
Some patients have been sent a text twice. It was a fault, and there is nothing that you need to do.
Please treat our staff with respect. Abuse is not tolerated.
We can't discuss anybody's care here. If you are unhappy, our complaints procedure is on our website.
Nobody should be in pain. If yours is getting worse, ring us in the morning.
Measles is going round. Two doses of MMR protect children and adults. Ring us if a dose was missed.
Pregnant? You can have the whooping cough vaccine from 16 weeks. Speak to your midwife.
A patient's guide to our phone system is on the noticeboard.
Patients with long-term conditions are reviewed in the month of their birthday.
Please check that we have your current address and phone number.
Feeling low? You can refer yourself to talking therapies; the link is on our website.
Repeat prescriptions take three working days. Before the bank holiday please order by Tuesday 22 December.
Minor injuries such as a sprain, a small burn or a broken toe can be seen at the unit without an appointment.
Know the signs of a stroke: face, arms, speech, time to call 999.
Sepsis is rare and serious. If somebody is confused, breathless or has a rash that doesn't fade, call 999.
Wear it pink on Friday 23 October! Cakes at reception in aid of breast cancer research.
We raised 312.50 pounds at our coffee morning. Thank you to everybody who baked.
The new extension is finished: two consulting rooms, a quiet room and 12 parking spaces.
Building works from 5 to 16 October: expect some noise. The side door stays open.
The practice has been rated good in all areas. The report is in the waiting room.
Room 4 is now the blood test room. Please take a ticket at the desk.
Blood tests are by appointment only from 2 November 2026, 8.30 to 12.00.
Our extended hours: Monday and Tuesday until 8pm, and every second Saturday.
Travel vaccinations: please fill in our form eight weeks before you leave.
Children aged two and three can have the nasal flu spray. It doesn't hurt!
School starts again on Thursday. Is your child's asthma plan up to date?
Self-help leaflets on sleep, anxiety and back pain are by the door.
Walk with us! 30 minutes, every Friday at 10am from the surgery door, at anybody's pace.
New: an evening menopause talk, Thursday 12 November, 6.30pm, in the library. Free, all welcome.
Grit, salt and a shovel: thank you to whoever cleared our steps this morning.
From 1 April 2026 prescriptions cost 9.90 an item. Prepayment certificates can save you money.
Order number 4512360008 of new chairs has arrived, and you can sit down again.
Our waiting list for minor surgery is now six weeks.
We are a teaching practice. You can always ask to be seen without a student.
The pharmacy next door closes for lunch from 1pm to 2pm.
Lost property: one glove, one umbrella, one walking stick. Ask at reception.
Please keep your dog outside, unless it is an assistance dog.
Snow has closed the top road. We are open, and ring if you can't get here.
Bear with us: the new phone system starts on Monday.
Will you be 65 by March? Then ask us about the pneumonia vaccine.
May is the month of walking. Every step counts.
Hansel Huber, our new practice nurse, starts on Monday. Welcome!
Say hello to Hansel, who looks after our phones on Fridays.
Snow White is back from leave and sees children on Tuesdays.
Dr White has clinics on Monday and Thursday.
Our GPs Dr White and Nurse Huber wish you a happy new year.
Is your postcode outside our area? You may have to register elsewhere: ask us.
We serve the whole of the SW1 and QQ9 districts.
Free NHS health checks for people aged 40 to 74 who haven't had a stroke, heart disease or diabetes.
The 2026/27 flu season: 3,104 of you have been vaccinated so far.
Open day on 17.10.2026, 10.00-14.00. Meet the team, see the new rooms, have a cup of tea.
Please don't post medical questions here: nobody looks at this page out of hours. Call 111, or 999 in an emergency.
Good morning! Appointments for today are gone. The online form opens again at 7am tomorrow.
Thank you for taking the time to comment.
Our lift is out of order until Thursday. If stairs are hard for you, tell us when you book.
Health visitors are here on Tuesday from 10am with scales for babies.
If you feel unwell after a vaccination, ring us or 111.
Anyone aged 16 or over can ask for a chaperone at any appointment.
We use the money from our book sale for a new bench. Come and sit on it.
A reminder to wash your hands: norovirus is about.
He who laughs last, laughs longest: our laughter group meets on Wednesdays.
Your NHS number is on your letters and in the NHS App. You don't need it to see us.
Please have your date of birth ready when you ring.
Don't give your date of birth or NHS number in a comment here.
Our online service is open 7am to 6.30pm on weekdays. Photographs of rashes can be added there.
Christmas hats knitted by our volunteers are on sale at the desk: 2 pounds each.
Mental health matters: a man who has nobody to talk to can call us, too.
If a patient has diabetes, we look at their feet once a year.
A woman of any age can ask for a chaperone for her smear test.
One of our patients' most frequent questions is how to order a prescription.
Every mother who comes to the baby clinic gets a cup of tea and a chair.
Somebody you love has dementia? Our carers' group meets on Mondays.
Each child who is brave at the vaccination gets a sticker.
A patient who arrives late may have to book again.
If your test shows a high blood sugar we write to you within a week.
The Big Bad Wolf is on at the village hall, in aid of our new scanner.
Ask your pharmacist before you take ibuprofen with blood pressure tablets.
Tea, cake and Cinderella: the pantomime is on 12 December at 3pm.
Last year we held 41,236 appointments, took 88,112 calls and gave 9,871 vaccinations.
"""
"""May go out as they are."""

ASKED: Final = """
The food bank in the village hall is open on Fridays: {phone?|01632 960555}.
Need help with debt? National advice is free on {phone?|0808 157 0000}.
The eye hospital has moved; its switchboard is {phone?|020 7946 0123}.
Our neighbours at Beanstalk Surgery have a vacancy for a nurse: {link?|https://beanstalk.example.org/jobs}
Read the charity's guide at {link?|www.example.org/asthma-guide} before your review.
Sign up for the fun run at {link?|tale-run.example.net}!
Talk to the carers' centre: {email?|info@example.org}.
Write to the integrated care board at {email?|enquiries@icb.example.net} by Friday.
Our branch is at 3 Mill Lane, {postcode?|ZZ9 9ZZ}. Parking is behind the church.
The vaccination bus stops at the leisure centre, {postcode?|QQ1 1AA}, from 10am.
Congratulations to {person_named?|Jack Horner}, who won our poster competition and let us say so.
We welcome {person_named?|Dr Foster}, who joins us from Gloucester.
{person_named?|Mrs Tiggywinkle} runs the book swap in the foyer every Monday.
{person_named?|Mr Toad}, our guest on Friday, talks about road safety.
Our trainee, {person_named?|Dr Doolittle}, leaves us in August. Thank you for everything!
Thank you to {person_named?|Cllr Punch} for opening the new wing.
Book reading by {person_named?|Lady Bracknell} in the waiting room, Thursday at 6.
A poem by {person_named?|Humpty Dumpty} hangs in the corridor now.
{person_named?|Professor Plum} explains how vaccines work: Tuesday, 7pm, village hall.
Thanks to {link?|@beanstalkpharmacy} for the loan of a fridge.
The story of {person_named?|Mrs Hubbard}: an invented example of how we share records is on our website.
{health?|A 45-year-old man with diabetes} is the invented example in our guide to reviews.
Example of a good message: "{health?|My daughter, a 7-year-old girl, has had a rash} since Monday."
The scout hut, {postcode?|ZZ2 3XY}, is our vaccination centre again this winter.
Our sister practice answers on {phone?|01632 960777} while our lines are down.
The library has large print books: {link?|library.example.net/large-print}.
{phone?|0300 303 5678} is the number of the stop smoking service.
Goodbye to {person_named?|Nurse Nightingale}, who retires after 31 years.
The youth club answers on {phone?|01632-960-321} after school, or see {link?|https://club.example.org}.
{person_named?|Mrs Hubbard}, chair of our patient group, has asked how we could make booking appointments easier.
{person_named?|Mr Toad} has given us a wonderful talk about his years as a hospital porter.
{person_named?|Mrs Potts} is our dementia champion this year, and agreed to be named.
{person_named?|Miss Marple}'s diabetes cookery course is on again from January.
{person_named?|Dr Foster} has an asthma clinic on Mondays.
{person_named?|Mr Punch} is raising money for the cancer ward by walking backwards.
Ask {person_named?|Sister Anne} at the hospice shop about bereavement cafes.
"""
"""May go out once their author has answered."""

HARMFUL: Final = """
{health|Mrs Hubbard was diagnosed with diabetes} on Monday. Please be kind to her and her dog.
{health|Mr Punch's test results} are back. Sir, please ring us.
{health|Miss Muffet has been treated for anxiety} since the spider came, and is doing well.
Get well soon {health|Mr Humpty Dumpty, who had a fall and is in hospital}!
{health|Mrs Sprat is on insulin} and would like low-sugar recipes.
{health|Patient Jack Horner had his thumb x-rayed} yesterday.
{health|Mr Wolf came in with a broken leg} and left with a smile.
{health|Ms Riding Hood missed her appointment} for the third time. This is what it costs us.
{health|Mrs Bear's pregnancy} is going well. Congratulations from all of us!
{health|Mr Grimm tested positive for covid} after sitting in our waiting room on Tuesday.
Sad news: {health|Mr Frog died of a heart attack} last night. He was with us for 40 years.
{health|Master Tommy Tucker needs surgery} and has no grandparents near. Can anybody help?
Good luck to {health|Miss Pepper, who starts chemotherapy} on Friday.
{health|Jack Horner has asthma} and still ran the mile for us!
{health|Cinderella Cole suffers from migraines} and told our camera how we helped.
Well done to {health|Tom Piper, who has finished his cancer treatment} and rang the bell.
{health|Jill Hill's operation} went well, and Jack is on the mend too.
{health|Rapunzel Tower was admitted to hospital} with a bad back. Visitors welcome.
Has anybody seen {health|Georgie Porgie? He has dementia} and left home at noon.
Happy birthday {person_named|Jill Hill}, 80 today, from all at the surgery!
Hi {health|Jack, your blood test results} came back and we would like to see you.
Hello {health|Cinders, sorry to hear that your diabetes} is no better. Have you tried the new tablets?
Thanks {health|Bo, glad your rash} has cleared up after the cream that we gave you.
Sorry {health|Goldie, your appointment} was cancelled because the nurse is away. Your smear can be done next week.
Dear {health|Mary, as you said in your comment your depression} is worse. Please come in.
@Jack {health|we can see that you had a scan} in May, so please ring us about it.
In reply to your comment: {health|looking at your record}, you were told about this twice.
{health|We have checked, and you missed two appointments} in March, so your review is not fair.
{health|When you came in with chest pain} nobody could know that it was serious.
{health|Your scan was} clear, so there is no need to worry. Thank you for asking here.
{health|Your biopsy results are back}, please call.
{health|One of our patients collapsed with a stroke} in the car park today. Our team was wonderful.
{health|One of our younger patients has leukaemia} and needs a donor. Share please!
{health|An elderly lady from Mill Lane has dementia} and was found in her slippers.
{health|A local farmer who lost his arm} is doing well after his operation, we hear.
{health|A patient called five times today about her prescription}. This is why you can't get through.
{health|The man who shouted in reception has schizophrenia}, so please don't judge.
{health|A mother of three from the high street is being treated for depression} and asks for a cot.
{health|A 93-year-old patient walked out after her hip replacement} today. What a woman!
{health|A 16-year-old girl came to us for a pregnancy test} without her mum. You can too.
{health|A patient from the caravan park has measles}. Were you in the waiting room on Monday?
{health|Our patient with HIV} says how we helped.
{health|The family at the mill all have covid}, so their shop is closed.
She was brave today: {health|her chemotherapy is over}.
{health|He was diagnosed with epilepsy} at the age of ten, and today he drives our van.
Look at this scan. {health|His tumour} is as big as a plum!
NHS number {nhs_number|999 000 0018}: please contact reception.
We found a letter for NHS no. {nhs_number|9990765456}. Is it yours?
Ref {nhs_number|999-153-0894} please collect your sample bottle.
Would patient {nhs_number|999 3827 207} please ring?
Prescription left behind, number on it {nhs_number|9994592645}.
Did you drop this card? {nhs_number|٩٩٩٠٠٠٠٠١٨}
Whoever lost a letter with {nhs_number|９９９ ５３５ ８０７７} on it, come and get it.
Card found: {nhs_number|9️⃣9️⃣9️⃣6️⃣8️⃣8️⃣8️⃣9️⃣5️⃣9️⃣}
The wrong label said {nhs_number|999.765.4390}, and we are sorry.
Today's recall list: {nhs_number|9998419832}, {nhs_number|9999185266} and {nhs_number|9999950701}.
NHS Number: {nhs_number|999 000 0019}. If that is you, ring us.
Found: an inhaler. The label says DOB {date_of_birth|03/04/1951}.
The owner of this letter (date of birth {date_of_birth|3 April 1951}) please come to the desk.
d.o.b. {date_of_birth|12.11.48}, you have won our raffle!
{person_named|Mr Toad}, date of birth is {date_of_birth|1 May 1960}, has not collected his glasses.
Our oldest patient, born on {date_of_birth|29 February 1920}, cut the ribbon.
Baby born {date_of_birth|2 January 2026} in our car park! Mother and child are well.
Her birthday is {date_of_birth|24 December 1931}, so send a card.
Which of you was born {date_of_birth|7th of June 1984} and left a purse here?
The form was signed by somebody with {date_of_birth|1972-08-30} on the top line.
Happy birthday, {date_of_birth|5 May 1937} was a good day!
We tried to reach {person_named|Mrs Hubbard} on {phone|07700 900123} but nobody answers.
Call the nurse on her mobile, {phone|07700900456}, if we are closed.
Text {phone|+44 7700 900789} to join our walking group.
Ring the driver: {phone|0044 7700 900 111}.
The keys are with a neighbour ({phone|+44 (0)7700 900222}).
{phone|07700-900-333} is the number of the lady who found the cat.
WhatsApp {phone|٠٧٧٠٠٩٠٠٤٤٤} for the carers' group.
My number is {phone|0 7700 900 555}, ask for me after hours.
Whose phone is this? It says {phone|07700.900.666}.
She left {phone|01632 960888} as her home number.
Send your form to {email|jack.horner@example.com}.
{email|gretel.huber@example.net} answers questions about the rota.
Mail me at {email|bigbadwolf99@example.com} with your photographs.
Whoever wrote from {email|miss_muffet@example.org}, please ring us.
Contact our chair: {email|humpty [at] example [dot] com}
Complaints go to {email|peter.rabbit at example dot com}.
You can reach her under {email|bo.peep+sheep@mail.example.com} until Friday.
A parcel for {person_named|Mrs Sprat}, who lives at 4 Mill Lane, {postcode|ZZ9 9ZZ}.
He lives in the cottage behind the mill, {postcode|QQ1 1AA}, and likes visitors.
Their address is 12 Candy Road, {postcode|ZZ2 3XY}. Flowers welcome.
Somebody at {postcode|QQ22 9BB} has not put the bins out, and it is one of our patients.
Found a prescription bag, {postcode|zz9 9zz} on the label.
Ask {staff_named|Gretel Huber} for the new forms.
{health|Peter Rabbit is off sick} until May, so clinics are cancelled.
{staff_named|Dr Rabbit} is leaving us to look after his mother.
Say happy birthday to {staff_named|Gretel} at the desk!
Our receptionist {staff_named|Tom Thumb} was shouted at today. Enough!
{staff_named|TOM THUMB} is our employee of the month.
It was {staff_named|Peter} who took the call, and he is sorry.
Photo: {staff_named|Gretel Huber}, {staff_named|Tom Thumb} and the new kettle.
Nurse {staff_named|Huber-Rabbit} has moved to room 3, and {staff_named|Gretel} too.
Thanks, {staff_named|Thumb}, for the cakes!
Thank you to {person_named|Bo Peep} for her kind letter about us.
Thanks to {person_named|Jack Sprat} and his wife for the flowers; they are patients of ours.
{person_named|Mr and Mrs Sprat} sent us this lovely card after their stay.
{person_named|Mrs Hubbard} left her umbrella here. Please collect it.
Would {person_named|Miss Muffet} please ring reception?
The person who abused our staff was {person_named|Mr Wolf}. He is banned.
We were sorry to hear that {person_named|Humpty Dumpty}, our patient for years, has died.
A thank you card from {person_named|Wee Willie Winkie} made our day.
Little Boy Blue's mum says {health|he sleeps better since the tablets}.
{health|Jack from the cottage is doing well after his op}.
{health|Bo Peep has lost weight, 12 kilos, and come off her blood pressure tablets}!
Guess who is back on her feet after a {health|new hip: Mother Goose}!
The lad from the bakery, {health|poor thing, is having his appendix out} today.
Everybody on the estate knows who {health|brought nits to the school: the Shoe family}.
{health|Mrs. Shoe's six youngest have chickenpox}, so the play group is off.
{health|MR WOLF HAS FLEAS} and was in our waiting room.
"""  # noqa: RUF001 - digits of other scripts are the point
"""Must not go out as they are."""

CORPUS: Final = [each for posts in (HARMLESS, ASKED, HARMFUL) for each in written(posts)]
